"""Calendar files (RFC 5545) with one event, as every calendar program reads them."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

_OCTETS: Final = 75
#: How long something lasts that does not say so.
_USUAL: Final = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What takes place; times are aware, `uid` never changes, `version` grows with every change."""

    uid: str
    version: int
    changed_at: datetime
    starts_at: datetime
    length: timedelta | None
    title: str
    words: str
    url: str
    language: str


def calendar(event: Event) -> str:
    """Return the file; its lines end in CR LF and none is longer than 75 octets."""
    ends_at = event.starts_at + (event.length or _USUAL)
    rows = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Altavoz//Altavoz//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}",
        f"SEQUENCE:{event.version}",
        f"DTSTAMP:{_moment(event.changed_at)}",
        f"DTSTART:{_moment(event.starts_at)}",
        f"DTEND:{_moment(ends_at)}",
        f"SUMMARY;LANGUAGE={event.language}:{_text(event.title)}",
        f"DESCRIPTION;LANGUAGE={event.language}:{_text(event.words)}",
        f"URL:{quote(event.url, safe=_URL)}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(row)}\r\n" for row in rows)


_URL: Final = ":/?#[]@!$&'()*+,;=%~-._"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(told: str) -> str:
    """Return the text as a value: separators and line ends are escaped, other controls are left out."""
    lines = "\n".join(told.splitlines())
    kept = "".join(char for char in lines if char == "\n" or unicodedata.category(char) != "Cc")
    for char, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(char, written)
    return kept


def _folded(row: str) -> str:
    """Return the row in pieces of at most 75 octets, never within a character."""
    pieces: list[str] = []
    piece, used = "", 0
    for char in row:
        size = len(char.encode())
        if used + size > _OCTETS:
            pieces.append(piece)
            piece, used = " ", 1
        piece, used = piece + char, used + size
    return "\r\n".join((*pieces, piece))
