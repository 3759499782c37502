"""Countries by ISO 3166 and time zones by the IANA list, with names in the reader's language."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# CLDR lists groupings and test codes beside the countries.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
# Folders of the zone list that hold aliases and clocks, not places where people live.
_NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/")


@cache
def countries() -> frozenset[str]:
    """Return the ISO 3166 codes of all countries."""
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NOT_COUNTRIES  # noqa: PLR2004 alpha-2


def country_name(code: str, language: str) -> str:
    """Return the country's name in `language`, or its code where none is known."""
    return str(_locale(language).territories.get(code, code))


@cache
def time_zones() -> tuple[str, ...]:
    """Return the names of the zones where people live, and UTC, in order."""
    zones = {zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NOT_PLACES)}
    return tuple(sorted(zones | {"UTC"}))


def validate_country(code: str) -> None:
    """Raise ValidationError unless `code` is a country."""
    if code not in countries():
        raise ValidationError(_("Choose a country from the list."), code="country")


def validate_time_zone(zone: str) -> None:
    """Raise ValidationError unless `zone` is a time zone we know."""
    if zone not in time_zones():
        raise ValidationError(_("Choose a time zone from the list."), code="time_zone")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
