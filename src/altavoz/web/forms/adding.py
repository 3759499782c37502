"""Adding a channel, a blog, a podcast: its address, then whose it is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from altavoz.core.text import clean_text
from altavoz.ingest.discovery import Found
from altavoz.showcase.models import Creator
from altavoz.web.forms.languages import LanguageField

#: What the choice of a creator says for somebody who is not here yet.
NEW = "new"


class AddressForm(forms.Form):
    """The one question."""

    address = forms.CharField(
        label=_("Address of a channel, blog or podcast"),
        help_text=_("Copy it from your browser. A single video or article works, too."),
        max_length=2_000,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        ),
        error_messages={"required": _("Paste the address of your channel, blog or podcast first.")},
    )


class ConfirmForm(forms.Form):
    """Whose it is and in which language; `creators` are those the person speaks for."""

    address = forms.CharField(max_length=2_000, widget=forms.HiddenInput)
    creator = forms.ChoiceField(label=_("Whose is it?"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name of the creator"),
        help_text=_("As they call themselves where they publish: a person, a group or a community."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Write the name of the creator.")},
    )

    def __init__(self, *args: Any, found: Found, creators: Iterable[Creator] = (), **options: Any) -> None:
        """Fill in what the address told."""
        super().__init__(*args, **options)
        self.mine = {str(creator.pk): creator for creator in creators}
        self._whose()
        self.fields["name"].initial = found.author or found.title
        self.fields["language"] = LanguageField(
            label=_("Language"),
            help_text=_("What is spoken or written there. Correct it if we got it wrong."),
            nothing=_("Several, or I am not sure: look at each work"),
            first=[told] if (told := _told(found)) else [],
            required=False,
            initial=told,
        )
        self.fields["address"].initial = found.address

    def _whose(self) -> None:
        field = self.fields["creator"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        if not self.mine:
            del self.fields["creator"]
            self.fields["name"].required = True
            return
        mine = [(pk, creator.name) for pk, creator in self.mine.items()]
        field.choices = [*mine, (NEW, _("Somebody who is not here yet"))]
        field.initial = mine[0][0]

    def clean_name(self) -> str:
        """Return the name without what nobody can see."""
        return clean_text(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Ask for a name where the creator is new."""
        values = super().clean() or self.cleaned_data
        if self.chosen is None and not values.get("name") and not self.has_error("name"):
            self.add_error("name", _("Write the name of the creator."))
        return values

    @property
    def chosen(self) -> Creator | None:
        """Return the own creator that was chosen; None for a new one."""
        return self.mine.get(self.cleaned_data.get("creator", ""))


def _told(found: Found) -> str:
    told = found.declared_language or found.language
    return "" if told in {"", "und"} else told
