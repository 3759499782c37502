"""Dates and durations as feeds write them: RFC 822, ISO 8601, month names of four languages, seconds."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero janeiro janv janvier",
            "feb february febrero fev fevereiro fevr fevrier",
            "mar march marzo marco mars",
            "apr april abr abril avr avril",
            "may mayo mai maio",
            "jun june junio junho juin",
            "jul july julio julho juil juillet",
            "aug august ago agosto aout",
            "sep sept september set setiembre septiembre setembro septembre",
            "oct october octubre out outubro octobre",
            "nov november noviembre novembro novembre",
            "dec december dic diciembre dez dezembro decembre",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {
    **dict.fromkeys(("", "z", "ut", "utc", "gmt", "wet"), 0),
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "cet": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "west": 60,
    "bst": 60,
    "ist": 330,
    "jst": 540,
    "kst": 540,
    "brt": -180,
    "art": -180,
    "msk": 180,
}
_ISO = re.compile(
    r"(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[T\s]+(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE | re.ASCII,
)
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:er|o|st|nd|rd|th)?[\s.-]+(?:d[eo']\s+)?([^\W\d]+)\.?,?[\s.-]+(?:d[eo]l?\s+)?(\d{4}|\d{2})\b(.*)"
)
_MONTH_FIRST = re.compile(r"([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b(.*)")
_CLOCK = re.compile(r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?\s*([ap]m)?")
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})\s*$")
_ISO_DURATION = re.compile(
    r"P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE | re.ASCII,
)
_WORDED_DURATION = re.compile(
    r"(?:(\d+)\s*(?:h|hr|hrs|hours?|horas?|heures?)\b\.?)?\s*"
    r"(?:(\d+)\s*(?:m|min|mins|minutes?|minutos?)\b\.?)?\s*(?:(\d+)\s*(?:s|sec|seconds?|segundos?|secondes?)\b\.?)?",
    re.IGNORECASE | re.ASCII,
)
_EPOCH = re.compile(r"\d{9,13}", re.ASCII)
_MILLISECONDS = 100_000_000_000
_EARLIEST, _LATEST = 1985, 2100
_TWO_DIGITS, _PIVOT = 100, 70
_NOON = 12
#: Longer than a day is a mistake, not a work.
MAX_DURATION_S = 24 * 3600


@lru_cache(maxsize=4096)
def parse_date(text: str) -> datetime | None:
    """Return the moment in UTC, or None when no date can be read; a missing zone is UTC."""
    text = text.strip()
    try:
        found = _iso(text) or _epoch(text) or _worded(text)
    except (ValueError, OverflowError):
        return None
    return found if found and _EARLIEST <= found.year <= _LATEST else None


def parse_duration(text: str) -> int | None:
    """Return whole seconds of any way to write a length, or None when it is absent or absurd."""
    text = text.strip()
    try:
        seconds = _colons(text) if ":" in text else _plain_seconds(text)
    except (ValueError, OverflowError):
        return None
    return sane_duration(seconds)


def sane_duration(seconds: float | None) -> int | None:
    """Return the length when a work may have it: more than nothing and not above a day."""
    if seconds is None or not 0 < seconds <= MAX_DURATION_S:
        return None
    return max(1, round(seconds))


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    naive = datetime(
        int(year),
        int(month),
        int(day or 1),
        int(hour or 0),
        int(minute or 0),
        min(int(second or 0), 59),
        tzinfo=UTC,
    )
    return (naive.replace(tzinfo=_zone(zone or ""))).astimezone(UTC)


def _epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    number = int(text)
    return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, UTC)


def _worded(text: str) -> datetime | None:
    folded = _fold(text)
    if found := _DAY_FIRST.search(folded):
        day, name, year, rest = found.groups()
    elif found := _MONTH_FIRST.search(folded):
        name, day, year, rest = found.groups()
    else:
        return None
    month = _MONTHS.get(name)
    if month is None:
        return None
    number = int(year)
    if number < _TWO_DIGITS:
        number += 1900 if number >= _PIVOT else 2000
    hour, minute, second = _clock(rest)
    return datetime(number, month, int(day), hour, minute, second, tzinfo=_zone(rest)).astimezone(UTC)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def _clock(rest: str) -> tuple[int, int, int]:
    found = _CLOCK.search(rest)
    if not found:
        return 0, 0, 0
    hour = int(found[1])
    if found[4]:
        hour = hour % _NOON + (_NOON if found[4] == "pm" else 0)
    return hour, int(found[2]), min(int(found[3] or 0), 59)


def _zone(rest: str) -> timezone:
    if found := _OFFSET.search(rest):
        minutes = int(found[2]) * 60 + int(found[3])
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    named = re.search(r"([a-z]+)\W*$", rest.lower())
    return timezone(timedelta(minutes=_ZONES.get(named[1] if named else "", 0)))


def _colons(text: str) -> float:
    total = 0.0
    for part in text.split(":"):
        total = total * 60 + float(part or 0)
    return total


def _plain_seconds(text: str) -> float | None:
    if re.fullmatch(r"\d+(\.\d*)?", text, re.ASCII):
        return float(text)
    for pattern, units in ((_ISO_DURATION, (86400, 3600, 60, 1)), (_WORDED_DURATION, (3600, 60, 1))):
        found = pattern.fullmatch(text)
        if found and any(found.groups()):
            return sum(float(part or 0) * unit for part, unit in zip(found.groups(), units, strict=True))
    return None
