"""What people tell us about themselves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from altavoz.core import languages
from altavoz.people import places, queries
from altavoz.people.models import Account
from altavoz.people.states import Purpose

_PROFILE = ("reads", "writes", "country", "time_zone", "about")
_Choices = list[tuple[str, str]]
_Groups = list[tuple[str, _Choices]]


class SettingsForm(forms.Form):
    """The page "About you"."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("How others here see you; it need not be your real name."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the pages and e-mails"), choices=lambda: list(settings.LANGUAGES)
    )
    reads = forms.MultipleChoiceField(
        label=_("Languages you read"),
        help_text=_("What you see first; everything else stays one tap away."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    writes = forms.MultipleChoiceField(
        label=_("Languages you write"),
        help_text=_("Where teams may count on your help."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("For calls and deadlines in your own hours.")
    )
    about = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    purposes = forms.MultipleChoiceField(
        label=_("What you agree to"),
        help_text=_("Nothing is ticked for you, and you can take it back at any time."),
        choices=Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, account: Account) -> None:
        """Show what is stored, with every choice in the reader's language."""
        super().__init__(data, initial=_stored(account))
        shown = get_language() or settings.LANGUAGE_CODE
        kept = {*self.initial["reads"], *self.initial["writes"]}
        for field in ("reads", "writes"):
            self._offer(field, _languages(kept))
        self._offer("country", [("", "—"), *_countries(shown)])
        self._offer("time_zone", _time_zones())

    def _offer(self, name: str, choices: _Choices | _Groups) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def changes(self) -> dict[str, Any]:
        """Return what actions.change_settings takes."""
        data = self.cleaned_data
        profile = {field: data[field] for field in _PROFILE}
        return {field: data[field] for field in ("name", "language", "purposes")} | {"profile": profile}


def _stored(account: Account) -> dict[str, Any]:
    profile = queries.profile_of(account)
    return {field: getattr(profile, field) for field in _PROFILE} | {
        "name": account.name,
        "language": account.language,
        "purposes": sorted(queries.consents_of(account)),
    }


def _languages(kept: set[str]) -> _Choices:
    """Return the languages of works by their own names, and those a person chose when we listed them."""
    tags = {*languages.CONTENT_LANGUAGES, *kept}
    return sorted(
        ((tag, languages.autonym(tag)) for tag in tags), key=lambda pair: languages.sort_key(pair[1])
    )


def _countries(shown: str) -> _Choices:
    pairs = [(code, places.country_name(code, shown)) for code in places.countries()]
    return sorted(pairs, key=lambda pair: languages.sort_key(pair[1], shown))


def _time_zones() -> _Groups:
    """Return the zones by continent, as `Europe/Madrid` tells it."""
    groups: dict[str, _Choices] = {}
    for zone in places.time_zones():
        continent, _slash, city = zone.partition("/")
        groups.setdefault(continent, []).append((zone, city.replace("_", " ") or zone))
    return sorted(groups.items())
