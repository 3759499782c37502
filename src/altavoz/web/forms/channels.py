"""What promoters decide about channels and posts."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from altavoz.web.forms.languages import named

_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


class SpokenForm(forms.Form):
    """For which of the person's languages a channel speaks."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("Works in these are posted there."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, languages: Iterable[str], **options: Any) -> None:
        """Offer the languages of the person's teams."""
        super().__init__(*args, **options)
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = named(languages)
        field.initial = [tag for tag, _name in field.choices][:1]


class FoundForm(forms.Form):
    """The address of a post that a person found on the network."""

    address = forms.URLField(
        label=_("Address of the post"),
        max_length=2_000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, server: str, **options: Any) -> None:
        """Accept posts on that server only."""
        super().__init__(*args, **options)
        self.host = urlsplit(server).netloc.lower()

    def clean_address(self) -> str:
        """Refuse an address elsewhere, or one that names no post."""
        address: str = self.cleaned_data["address"]
        parts = urlsplit(address)
        if parts.netloc.lower() != self.host:
            words = _("This address is not on %(host)s, where the channel lives.")
            raise forms.ValidationError(words, params={"host": self.host})
        if not _ID.fullmatch(_last(parts.path)):
            raise forms.ValidationError(
                _("This is not the address of one post. Open the post and copy its address.")
            )
        return address

    @property
    def remote_id(self) -> str:
        """Return what the network calls the post: the end of its address."""
        return _last(urlsplit(self.cleaned_data["address"]).path)


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]
