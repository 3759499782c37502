"""One record of the catalogue: what real data taught us, with records made up for it."""

import json
from datetime import UTC, datetime

import pytest

from altavoz.ingest.parsing import Kind
from altavoz.ingest.pyvideo import (
    licences,
    people,
    records,
)
from altavoz.ingest.tests.catalogues import record


def read(told: object, *, no_publish: bool = False) -> records.Record | records.Rejected:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    return records.read("feria/charla", body, category="Feria", no_publish=no_publish)


def fine(told: object, **options: bool) -> records.Record:
    found = read(told, **options)
    assert isinstance(found, records.Record)
    return found


def codes(told: object) -> list[tuple[str, str]]:
    found = read(told)
    if isinstance(found, records.Rejected):
        return [(found.finding.code, found.finding.detail)]
    return [(finding.code, finding.detail) for finding in found.findings]


def test_a_good_record_needs_no_repair() -> None:
    found = fine(record())
    item = found.item
    assert found.findings == ()
    assert found.extra == {"category": "Feria", "related": []}
    assert (item.key, item.url, item.title, item.summary, item.authors, item.language, item.kind) == (
        "feria/charla",
        "https://www.youtube.com/watch?v=AAAAAAAAAA1",
        "Cómo probar sin miedo",
        "Una charla para quien empieza.",
        ("Rocío Luján",),
        "es",
        Kind.TALK,
    )
    assert (item.published_at, item.duration_s, item.topics, item.licence, item.thumbnail_url) == (
        datetime(2024, 5, 6, tzinfo=UTC),
        1800,
        ("pruebas",),
        "CC BY",
        "https://i.ytimg.com/vi/AAAAAAAAAA1/hqdefault.jpg",
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"duration": 1810200}, [("duration_milliseconds", "1810200")]),
        ({"duration": 42900}, []),
        ({"duration": 1751.0}, []),
        ({"duration": 1751.6}, [("duration_fraction", "1751.6")]),
        ({"duration": None}, []),
        ({"duration": 0}, []),
        ({"duration": -5}, [("duration_absurd", "-5")]),
        ({"duration": 10**9}, [("duration_absurd", "1000000000")]),
        ({"duration": "long"}, [("duration_absurd", "long")]),
        ({"duration": True}, [("duration_absurd", "True")]),
        ({",duration": 60, "duration": ...}, [("key_misspelt", ",duration")]),
        ({"langauge": "spa", "language": ...}, [("key_misspelt", "langauge")]),
        ({"related_url": [], "related_urls": ...}, [("key_misspelt", "related_url")]),
        (
            {"related_urls": ["https://a.example/", {"url": "https://b.example/", "label": "b"}]},
            [("links_mixed", "")],
        ),
        ({"related_urls": "no"}, []),
        ({"speakers": []}, []),
        ({"speakers": [""]}, [("speakers_empty", "")]),
        ({"speakers": ["Various speakers"]}, [("speakers_nobody", "Various speakers")]),
        ({"speakers": [3]}, [("field_type", "speakers")]),
        ({"speakers": None}, []),
        ({"recorded": "2024-05-06T10:00:00+02:00"}, []),
        ({"recorded": "2024-05-06T10:00:00"}, [("date_naive", "2024-05-06T10:00:00")]),
        ({"recorded": None}, [("date_bad", "None")]),
        ({"recorded": "some day"}, [("date_bad", "some day")]),
        ({"language": None}, [("language_missing", "")]),
        ({"language": "klingon!"}, [("language_unknown", "klingon!")]),
        ({"title": "Programaci\u00c3\u00b3n"}, [("text_mojibake", "title")]),
        ({"title": "Uno\u200b dos\u0007"}, [("text_invisible", "title")]),
        ({"title": "Un \ufffd a propósito"}, [("text_replacement", "title")]),
        ({"title": "Pan &amp; vino"}, [("text_entities", "title")]),
        ({"title": "Python <3 Rust"}, []),
        ({"description": "<script>alert(1)</script>Hola <b>tú</b>"}, [("text_markup", "description")]),
        ({"description": "x" * 10001}, [("text_too_long", "description")]),
        ({"description": 7}, [("field_type", "description")]),
        ({"thumbnail_url": None}, [("thumbnail_empty", "")]),
        ({"thumbnail_url": "nada"}, [("thumbnail_empty", "nada")]),
        ({"copyright_text": "creativeCommon"}, [("licence_spelling", "creativeCommon")]),
        ({"copyright_text": None}, []),
        ({"tags": None}, []),
        ({"tags": [1, "a"]}, []),
        (
            {"videos": ["no", {"url": 3}, {"type": "mp4", "url": "https://a.example/v.mp4"}]},
            [("field_type", "videos")],
        ),
        ({"videos": []}, [("no_address", "")]),
        ({"videos": None}, [("no_address", "")]),
        ({"title": " \u200b"}, [("no_title", "")]),
    ],
)
def test_every_oddity_is_survived_and_told(
    change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert codes(record(**change)) == expected


def test_files_that_hold_no_record_are_refused() -> None:
    found = [codes(body) for body in (b"{", b"\xff", b"[]", b"[" * 100000)]
    assert found == [[("bad_json", "")], [("bad_json", "")], [("not_an_object", "list")], [("bad_json", "")]]


def test_what_was_repaired_is_what_was_meant() -> None:
    found = fine(
        record(
            title="Pan &amp; Programaci\u00c3\u00b3n\u200b \ufffd",
            description="",
            summary="<script>alert(1)</script><p>Hola</p>",
            duration=...,
            videos=[
                {"type": "mp4", "url": "https://a.example/v.mp4"},
                {"type": "vimeo", "url": "https://vimeo.com/1"},
                {"type": "youtube", "url": "https://youtu.be/AAAAAAAAAA1", "length": 90},
            ],
            related_urls=[
                "https://a.example/",
                {"url": "https://a.example/", "label": "b"},
                {"url": "x"},
                None,
            ],
        )
    )
    item = found.item
    assert (item.title, item.summary, item.duration_s) == ("Pan & Programación \ufffd", "Hola", 90)
    assert (item.url, item.media_url, item.media_type) == (
        "https://youtu.be/AAAAAAAAAA1",
        "https://a.example/v.mp4",
        "video/mp4",
    )
    assert found.extra["related"] == [{"url": "https://a.example/", "label": ""}]
    assert fine(record(duration=1810200)).item.duration_s == 1810
    only_file = fine(record(videos=[{"type": "ogv", "url": "https://a.example/v.ogv"}])).item
    assert (only_file.url, only_file.media_url) == ("https://a.example/v.ogv", "https://a.example/v.ogv")


def test_what_must_not_be_republished_is_only_listed() -> None:
    told = record(
        videos=[
            {"type": "youtube", "url": "https://youtu.be/AAAAAAAAAA1"},
            {"type": "mp4", "url": "https://a.example/v.mp4"},
        ]
    )
    found = fine(told, no_publish=True)
    assert (found.item.media_url, found.item.thumbnail_url, found.extra["no_publish"]) == ("", "", True)
    assert [finding.code for finding in found.findings] == ["no_publish_listed"]
    file_only = record(videos=[{"type": "mp4", "url": "https://a.example/v.mp4"}])
    assert isinstance(read(file_only, no_publish=True), records.Rejected)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Ana Luna & Eva Sol", ("Ana Luna", "Eva Sol")),
        ("Ana Luna y Eva Sol", ("Ana Luna", "Eva Sol")),
        ("Ana and Eva", ("Ana", "Eva")),
        ("Ana Luna, Eva Sol, Leo Mar", ("Ana Luna", "Eva Sol", "Leo Mar")),
        ("Ana Luna; Eva Sol ...", ("Ana Luna", "Eva Sol")),
        ("Luna, Ana-Eva", ("Luna, Ana-Eva",)),
        ("Ana B. Luna, Jr.", ("Ana B. Luna, Jr.",)),
        ("月子 (Yue-Zi, Luna)", ("月子 (Yue-Zi, Luna)",)),
        ("Luna Llena / 月子", ("Luna Llena / 月子",)),
        ("Ana &amp; Eva", ("Ana", "Eva")),
        ("Multiple Speakers", ()),
        ("Sunday Lightning Talks", ()),
        ("Saron Variousson", ("Saron Variousson",)),
        ("?", ()),
    ],
)
def test_who_spoke(told: str, found: tuple[str, ...]) -> None:
    assert people.speakers([told], lambda *_: None) == found


@pytest.mark.parametrize(
    ("told", "usual"),
    [
        ("Creative Commons Attribution license (reuse allowed", "CC BY"),
        ("http://creativecommons.org/licenses/by/3.0/", "CC BY 3.0"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 3.0", "CC BY-NC-SA 3.0"),
        ("CC-BY-NC-SA 4.0", "CC BY-NC-SA 4.0"),
        ("CC-By-SA-3.0-USA", "CC BY-SA 3.0"),
        ("CC BY-SA 2.5 CA", "CC BY-SA 2.5"),
        ("Creative Commons Attribution-NoDerivs 3.0", "CC BY-ND 3.0"),
        ("Creative Commons CC0 1.0 Universal Public Domain Dedication", "CC0 1.0"),
        ("creativeCommon", "CC"),
        ("https://www.youtube.com/t/terms", "Standard YouTube License"),
        ("No license (All rights reserved)", "All rights reserved"),
        ("Copyright belongs to the speaker.", "All rights reserved"),
        ("MIT", "MIT"),
        (" ", ""),
    ],
)
def test_licences_under_their_usual_names(told: str, usual: str) -> None:
    assert licences.usual(told) == usual
