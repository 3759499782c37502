"""Dates, numbers and names as the reader of the page writes them."""

from datetime import datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta, get_datetime_format, get_timezone_gmt
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, to_locale

from altavoz.core import languages


@lru_cache(maxsize=32)
def locale_of(code: str) -> Locale:
    """Return the CLDR locale of an interface language such as "pt-br"."""
    return Locale.parse(to_locale(code))


def current() -> Locale:
    """Return the locale of the page being drawn."""
    return locale_of(get_language() or "en")


def bcp47(code: str) -> str:
    """Return an interface language as HTML writes it: "pt-br" is pt-BR."""
    return to_locale(code).replace("_", "-")


def direction() -> str:
    """Return the direction of the page being drawn."""
    return languages.direction(get_language() or "en")


def number(value: float) -> str:
    """Return the number with the reader's separators."""
    return _number(value, get_language() or "en")


@lru_cache(maxsize=65_536)  # lists show a hundred of them, the same ones again and again
def _number(value: float, code: str) -> str:
    return str(format_decimal(value, locale=locale_of(code)))


def day(at: datetime) -> str:
    """Return the day in words, such as "3 de marzo de 2026"."""
    return format_date(timezone.localtime(at).date(), format="long", locale=current())


def short_day(at: datetime) -> str:
    """Return the day in few letters, such as "3 mar 2026"."""
    return format_date(timezone.localtime(at).date(), format="medium", locale=current())


def moment(at: datetime) -> str:
    """Return day and time, with the zone said."""
    here = timezone.localtime(at)
    pattern = str(get_datetime_format("medium", locale=current()))
    time = format_time(here, format="short", locale=current())
    zone = get_timezone_gmt(here, locale=current()) if here.utcoffset() else "UTC"
    return pattern.replace("{1}", short_day(at)).replace("{0}", f"{time} {zone}")


def span(length: timedelta) -> str:
    """Return a stretch of time in its largest unit, such as "3 days"."""
    return format_timedelta(length, locale=current())


def language_name(tag: str) -> str:
    """Return the name of a language in the language of the page."""
    return languages.name(tag, get_language() or "en")


def country(code: str) -> str:
    """Return the name of a country in the language of the page; its code where none is known."""
    return str(current().territories.get(code, code))
