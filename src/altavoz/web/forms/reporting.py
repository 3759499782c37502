"""Reporting something shown here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from altavoz.core import languages
from altavoz.moderation.clauses import Origin
from altavoz.moderation.queries import ClauseView
from altavoz.web.forms.guarding import GuardedForm
from altavoz.web.forms.languages import LanguageField

_GROUPS: tuple[tuple[str, Promise], ...] = (
    (Origin.PLATFORM, _("The work itself")),
    (Origin.PSF, _("How it treats people")),
)


class ReportForm(GuardedForm):
    """What is wrong, in the reporter's words; an address where nobody is signed in."""

    clause = forms.ChoiceField(
        label=_("What is wrong?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong; the nearest reason will do.")},
    )
    note = forms.CharField(
        label=_("Where is it, and what should we know?"),
        help_text=_("A minute of the video, a sentence. Only the volunteers who decide read this."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a link there to confirm the report. Nobody else ever sees the address."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, clauses: Sequence[ClauseView], signed_in: bool, **options: Any) -> None:
        """Offer the clauses of the guidelines in effect, ours first: they are the likelier ones."""
        super().__init__(*args, **options)
        offered = self.fields["clause"]
        assert isinstance(offered, forms.ChoiceField)  # noqa: S101 - declared above
        offered.choices = [
            (words, [(clause.code, clause.label) for clause in clauses if clause.origin == origin])
            for origin, words in _GROUPS
        ]
        mine = languages.normalise(get_language() or "")
        first = [mine] if mine in languages.CONTENT_LANGUAGES else [languages.base(mine)]
        email = self.fields.pop("email")
        self.fields["note_language"] = LanguageField(
            label=_("Language of your words"), first=first, required=False, initial=first[0]
        )
        if not signed_in:
            self.fields["email"] = email
