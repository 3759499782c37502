"""A moderator's verdict on a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from altavoz.core import languages
from altavoz.moderation.queries import ClauseView
from altavoz.moderation.states import Verdict
from altavoz.web.forms.languages import LanguageField

LONGEST_NOTE = 2_000


class DraftForm(forms.Form):
    """What was written before a case slipped out of somebody's hands: kept, whatever it is."""

    note = forms.CharField(required=False, max_length=20_000, widget=forms.Textarea)
    note_language = forms.CharField(required=False, max_length=35)
    clauses = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Take any clause: nothing is decided with this form."""
        super().__init__(*args, **options)
        field = self.fields["clauses"]
        field.valid_value = lambda _value: True  # type: ignore[attr-defined]  # a draft may name what is gone

    def kept(self) -> dict[str, Any]:
        """Return the draft, empty where it makes no sense."""
        return (
            dict(self.cleaned_data) if self.is_valid() else {"note": "", "note_language": "", "clauses": []}
        )


class VoteForm(forms.Form):
    """One verdict, the rules it is about, and words for the author."""

    verdict = forms.ChoiceField(
        label=_("Your verdict"),
        choices=[(verdict.value, verdict.value) for verdict in Verdict],
        error_messages={"required": _("Press one of the buttons to say your verdict.")},
    )
    clauses = forms.MultipleChoiceField(
        label=_("Rules of the guidelines"),
        help_text=_("Needed to decline or to ask for changes; the author is told."),
        required=False,
    )
    note = forms.CharField(
        label=_("A few words for the author"),
        help_text=_("Shown to the author without your name. Say where it is and what would help."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, clauses: Sequence[ClauseView], language: str, **options: Any) -> None:
        """Offer the clauses the case is judged by, and first the languages in which a note is likely."""
        super().__init__(*args, **options)
        offered = self.fields["clauses"]
        assert isinstance(offered, forms.MultipleChoiceField)  # noqa: S101 - declared above
        offered.choices = [(clause.code, clause.label) for clause in clauses]
        mine = languages.normalise(get_language() or "")
        likely = [tag for tag in (language, mine) if tag in languages.CONTENT_LANGUAGES]
        self.fields["note_language"] = LanguageField(
            label=_("Language of your words"), first=likely, required=False, initial=(likely or [""])[0]
        )

    @property
    def ticked(self) -> list[str]:
        """Return the codes of the clauses that are ticked on the page, whether sent or kept."""
        return list(self["clauses"].value() or [])
