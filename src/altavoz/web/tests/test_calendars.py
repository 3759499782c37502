"""Calendar files as RFC 5545 wants them, read back by another program."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import icalendar
import pytest

from altavoz.web import calendars
from altavoz.web.calendars import Event

HOSTILE = [
    "a,b;c\\d:e",
    "line\nbreak\r\nand\rmore",
    "END:VEVENT\r\nBEGIN:VALARM",
    "日本語の長い題名を何度も繰り返す" * 12,
    "👩🏽‍💻" * 40,
    "العربية " * 30 + "\x00\x07",
    "x" * 500,
]


def _event(**given: object) -> Event:
    facts = {
        "uid": "publication-42@altavoz.example", "version": 3, "changed_at": datetime(2026, 3, 14, 15, tzinfo=UTC),
        "starts_at": datetime(2026, 4, 1, 20, tzinfo=timezone(timedelta(hours=-3))),
        "length": timedelta(minutes=90), "title": "Charla en vivo", "words": "Ana\n\nhttps://x.example/",
        "url": "https://x.example/vivo", "language": "es",
    }  # fmt: skip
    return Event(**facts | given)  # type: ignore[arg-type]  # mixed on purpose


def _read(text: str) -> Any:  # noqa: ANN401  the library types every value as all it could be
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return event


def test_the_whole_file() -> None:
    assert calendars.calendar(_event()).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Altavoz//Altavoz//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:publication-42@altavoz.example",
        "SEQUENCE:3",
        "DTSTAMP:20260314T150000Z",
        "DTSTART:20260401T230000Z",
        "DTEND:20260402T003000Z",
        "SUMMARY;LANGUAGE=es:Charla en vivo",
        "DESCRIPTION;LANGUAGE=es:Ana\\n\\nhttps://x.example/",
        "URL:https://x.example/vivo",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_what_does_not_say_how_long_it_lasts_takes_an_hour() -> None:
    read = _read(calendars.calendar(_event(length=None)))
    assert read["DTEND"].dt - read["DTSTART"].dt == timedelta(hours=1)


@pytest.mark.parametrize("title", HOSTILE)
def test_another_program_reads_what_we_wrote(title: str) -> None:
    text = calendars.calendar(_event(title=title, words=title))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    read = _read(text)
    wanted = "\n".join("".join(char for char in title if char not in "\x00\x07").splitlines())
    assert (str(read["SUMMARY"]), str(read["DESCRIPTION"])) == (wanted, wanted)
    assert read["DTSTART"].dt == datetime(2026, 4, 1, 23, tzinfo=UTC)
    assert [part.name for part in icalendar.Calendar.from_ical(text).walk()] == ["VCALENDAR", "VEVENT"]


def test_an_address_cannot_end_its_line() -> None:
    assert "URL:https://x.example/%0D%0AEND:VEVENT\r\n" in calendars.calendar(
        _event(url="https://x.example/\r\nEND:VEVENT")
    )
