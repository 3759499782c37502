"""Vouching for a catalogue: what of it, and why no longer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from altavoz.showcase.shelves import Shelf


class ProposeForm(forms.Form):
    """Which categories of a catalogue a language vouches for."""

    categories = forms.MultipleChoiceField(
        label=_("Categories"),
        help_text=_(
            "Tick the ones you vouch for. With none ticked it is the whole catalogue in this language."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, shelf: Shelf, **options: Any) -> None:
        """Offer the categories of the shelf."""
        super().__init__(*args, **options)
        field = self.fields["categories"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(part.name, f"{part.name} ({part.works})") for part in shelf.parts]

    def scope(self, shelf: Shelf) -> dict[str, Any]:
        """Return what the decision covers, as the ledger keeps it; no categories means all of them."""
        return {"import": shelf.catalogue.slug, "categories": self.cleaned_data["categories"]}


class RevokeForm(forms.Form):
    """Why a language no longer vouches for a catalogue."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It stands in the public log, without your name."),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
