"""A choice of languages by their own names, in the order in which readers look for them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.utils.functional import Promise

from altavoz.core import languages


@cache
def choices() -> tuple[tuple[str, str], ...]:
    """Return (tag, autonym) of every language that works may be in."""
    named = ((tag, languages.autonym(tag)) for tag in languages.CONTENT_LANGUAGES)
    return tuple(sorted(named, key=lambda pair: languages.sort_key(pair[1])))


def named(tags: Iterable[str]) -> list[tuple[str, str]]:
    """Return (tag, autonym) of some languages, each once."""
    return [(tag, languages.autonym(tag)) for tag in dict.fromkeys(tags)]


class LanguageSelect(forms.Select):
    """A select whose options say which language their words are in."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the option, marked with its language."""
        option = super().create_option(*args, **kwargs)
        if tag := str(option["value"]):
            option["attrs"] |= {"lang": tag, "dir": languages.direction(tag)}
        return option


class LanguageField(forms.ChoiceField):
    """One language; `nothing` is what is said for none, `first` come before all others."""

    widget = LanguageSelect

    def __init__(self, *, nothing: "str | Promise" = "", first: Iterable[str] = (), **options: Any) -> None:
        """Offer the languages."""
        every = [("", nothing)] if nothing else []
        super().__init__(choices=[*every, *named(first), *_others(first)], **options)


def _others(first: Iterable[str]) -> list[tuple[str, str]]:
    shown = set(first)
    return [pair for pair in choices() if pair[0] not in shown]
