"""Teams, affiliations and leaving."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from altavoz.people import queries
from altavoz.people.models import Account
from altavoz.people.states import Closeness


class AffiliationForm(forms.Form):
    """Says that somebody is too close to judge."""

    code = forms.CharField(
        label=_("The other person's code"),
        help_text=_(
            "Ask them for it; everybody finds their own on this page. We ask for no name and no address."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(
        label=_("How you know each other"),
        help_text=_("Only you and your data export show this."),
        choices=Closeness.choices,
        initial=Closeness.UNSAID,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, account: Account) -> None:
        """Remember whose page it is."""
        super().__init__(data)
        self.account = account
        self.other: Account | None = None

    def clean_code(self) -> str:
        """Find the person; refuse unknown codes and one's own alike."""
        code: str = self.cleaned_data["code"]
        self.other = queries.by_public_id(code)
        if self.other is None or self.other.pk == self.account.pk:
            raise forms.ValidationError(_("This is nobody else's code. Please look again."), code="code")
        return code


class LeavingForm(forms.Form):
    """Makes sure that somebody means it."""

    sure = forms.BooleanField(
        label=_("I understand that this cannot be undone."),
        error_messages={"required": _("Please tick this if you mean it.")},
    )
