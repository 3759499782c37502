"""What a creator says of themselves."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from altavoz.core import languages
from altavoz.core.text import clean_text
from altavoz.people import places
from altavoz.showcase.models import Creator
from altavoz.web.forms.languages import LanguageField


class CreatorForm(forms.Form):
    """The creator's page: name, about, website, country."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    about = forms.CharField(
        label=_("About you"),
        help_text=_("In the language of your works. Plain text."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 5}),
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    country = forms.ChoiceField(
        label=_("Country"), help_text=_("Shown only if you choose one."), required=False
    )

    def __init__(self, *args: Any, creator: Creator, **options: Any) -> None:
        """Start from what the page says now."""
        told = {name: getattr(creator, name) for name in ("name", "about", "website", "country")}
        super().__init__(*args, **({"initial": told} | options))
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Not shown")), *_countries(get_language() or "en")]

    def clean_name(self) -> str:
        """Refuse a name made of what nobody can see."""
        name = clean_text(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Write a name that people can read."))
        return name


def _countries(language: str) -> list[tuple[str, str]]:
    named = ((code, places.country_name(code, languages.normalise(language))) for code in places.countries())
    return sorted(named, key=lambda pair: languages.sort_key(pair[1], language))


class SourceLanguageForm(forms.Form):
    """In which language a channel is."""

    language = LanguageField(label=_("Language"), nothing=_("Look at each work"), required=False)


class WorkLanguageForm(forms.Form):
    """Which languages a work is in, as its creator knows."""

    spoken = LanguageField(
        label=_("Language of the work"),
        help_text=_("What is spoken in it, or written in an article."),
        error_messages={"required": _("Choose the language of the work.")},
        nothing=_("Choose a language"),
    )
    metadata = LanguageField(
        label=_("Language of title and description"), nothing=_("The same"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Start from what is known; an unknown language is the one to be chosen."""
        super().__init__(*args, **options)
        for name in ("spoken", "metadata"):
            if self.initial.get(name) == languages.UNKNOWN:
                self.initial[name] = ""
