"""The import of the catalogue: what real data taught us, with records made up for it."""

import io
import json
import stat
import tarfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from altavoz.core.models import Event
from altavoz.ingest.models import Entry, Import, Source
from altavoz.ingest.parsing import Kind
from altavoz.ingest.pyvideo import (
    BadArchiveError,
    Finding,
    Report,
    archive,
    import_pyvideo,
    licences,
    people,
    records,
)
from altavoz.people.models import Account

REAL = Path(__file__).parents[5] / "shared" / "data" / "pyvideo.tar.xz"


def record(**fields: object) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "title": "Cómo probar sin miedo",
        "description": "Una charla para quien empieza.",
        "recorded": "2024-05-06",
        "speakers": ["Rocío Luján"],
        "language": "spa",
        "duration": 1800,
        "videos": [{"type": "youtube", "url": "https://www.youtube.com/watch?v=AAAAAAAAAA1"}],
        "thumbnail_url": "https://i3.ytimg.com/vi/AAAAAAAAAA1/hqdefault.jpg",
        "tags": ["pruebas"],
        "copyright_text": "CC BY",
        "related_urls": [],
    }
    return {name: value for name, value in (usual | fields).items() if value is not ...}


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


Files = dict[str, object]
SOME: Files = {
    "feria/category.json": {"title": "Feria 2024"},
    "feria/videos/uno.json": record(title="Uno de los grandes temas", id=7),
    "feria/videos/dos.json": record(
        title="Dos maneras de contar", videos=[{"type": "youtube", "url": "https://youtu.be/BBBBBBBBBB2"}]
    ),
    "otra/videos/tres.json": record(
        title="Three ways to count",
        language="eng",
        videos=[{"type": "youtube", "url": "https://youtu.be/CCCCCCCCCC3"}],
    ),
    "otra/videos/rota.json": b"{",
    "README.rst": b"x",
    "NO_PUBLISH.json": [99],
}


def folder(path: Path, files: Files) -> Path:
    for name, told in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(told if isinstance(told, bytes) else json.dumps(told).encode())
    return path


def run(path: Path, at: datetime, **options: Any) -> Report:
    return import_pyvideo(path, by=None, at=at, **options)


def counts(report: Report) -> dict[str, int]:
    return {name: count for name, count in report.counts.items() if count}


@pytest.mark.django_db
def test_a_catalogue_is_imported_and_a_second_run_writes_nothing(
    tmp_path: Path, at: datetime, ana: Account
) -> None:
    path, steps = folder(tmp_path, SOME), []
    report = import_pyvideo(path, by=ana, at=at, progress=lambda done, total: steps.append((done, total)))
    assert counts(report) == {"new": 3, "refused": 1}
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert report.findings == (Finding("category_unreadable", "otra"), Finding("bad_json", "otra/rota"))
    assert report.summary == {"category_unreadable": 1, "bad_json": 1}
    assert str(report.findings[1].words) == "The file is not valid JSON; the record was left out."
    source = Source.objects.get()
    assert (report.source, source.kind, source.feed_url, source.next_poll_at) == (
        source,
        "catalogue",
        "catalogue:pyvideo",
        None,
    )
    rows = Entry.objects.order_by("key").values_list("key", "canonical_url", "spoken_language", "extra")
    assert list(rows) == [
        (
            "feria/dos",
            "https://www.youtube.com/watch?v=BBBBBBBBBB2",
            "es",
            {"category": "Feria 2024", "related": []},
        ),
        (
            "feria/uno",
            "https://www.youtube.com/watch?v=AAAAAAAAAA1",
            "es",
            {"category": "Feria 2024", "related": []},
        ),
        (
            "otra/tres",
            "https://www.youtube.com/watch?v=CCCCCCCCCC3",
            "en",
            {"category": "otra", "related": []},
        ),
    ]
    kept = Import.objects.get()
    assert (kept.by, kept.counts["new"], kept.findings[1]) == (ana, 3, ["bad_json", "otra/rota", ""])
    with CaptureQueriesContext(connection) as queries:
        again = run(path, at + timedelta(days=1))
    assert counts(again) == {"unchanged": 3, "refused": 1}
    words = {query["sql"].split()[0] for query in queries}
    assert words <= {"SELECT", "SAVEPOINT", "RELEASE", "DECLARE", "FETCH", "CLOSE"}
    assert (Import.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_removed_renamed_and_changed_records(tmp_path: Path, at: datetime) -> None:
    files = SOME | {
        "feria/videos/cuatro.json": record(
            title="Cuatro", speakers=["Ana & Eva"], videos=[{"url": "https://youtu.be/DDDDDDDDDD4"}]
        )
    }
    first = run(folder(tmp_path / "1", files), at)
    ids = dict(Entry.objects.values_list("key", "pk"))
    assert Import.objects.get().findings[0][1] == "feria/cuatro" or counts(first)
    del files["feria/videos/cuatro.json"]
    files["feria/videos/nuevo-nombre.json"] = files.pop("feria/videos/uno.json")
    files["feria/videos/dos.json"] = record(
        title="Dos maneras de medir", videos=[{"url": "https://youtu.be/BBBBBBBBBB2"}]
    )
    files["otra/videos/tres.json"] = json.dumps(SOME["otra/videos/tres.json"], indent=3).encode()
    report = run(folder(tmp_path / "2", files), at + timedelta(days=1))
    assert counts(report) == {"changed": 1, "renamed": 1, "withdrawn": 1, "unchanged": 1, "refused": 1}
    assert dict(Entry.objects.values_list("key", "pk")) == {
        "feria/nuevo-nombre": ids["feria/uno"],
        "feria/dos": ids["feria/dos"],
        "otra/tres": ids["otra/tres"],
    }
    told = [(event.name, event.body) for event in Event.objects.order_by("pk")][1:]
    who = {"subject": first.source.subject, "source_id": first.source.pk} if first.source else {}
    assert told == [
        ("ingest.entries_gone", who | {"entry_ids": [ids["feria/cuatro"]], "reason": "removed"}),
        ("ingest.entries_stored", who | {"new": [], "changed": [ids["feria/dos"], ids["feria/uno"]]}),
    ]
    everything = json.dumps(
        [list(Import.objects.values_list("findings", "counts")), list(Entry.objects.values_list("key"))]
    )
    assert "cuatro" not in everything
    assert "uno" not in everything
    assert counts(run(tmp_path / "2", at)) == {"unchanged": 3, "refused": 1}
    assert Import.objects.count() == 2


@pytest.mark.django_db
def test_only_some_languages(tmp_path: Path, at: datetime) -> None:
    path = folder(tmp_path, SOME)
    assert counts(run(path, at, languages=["es", "pt"])) == {"new": 2, "other_languages": 1, "refused": 1}
    assert counts(run(path, at, languages=["en"])) == {"new": 1, "unchanged": 2, "refused": 1}
    assert counts(run(path, at, languages=["pt"])) == {"unchanged": 3, "refused": 1}
    assert Entry.objects.count() == 3


@pytest.mark.django_db
def test_where_no_language_is_given_it_is_detected(tmp_path: Path, at: datetime) -> None:
    path = folder(tmp_path, {"a/videos/1.json": record(language=...)})
    assert counts(run(path, at, languages=["fr"])) == {"other_languages": 1}
    assert counts(run(path, at, languages=["es"])) == {"new": 1}


@pytest.mark.django_db
def test_a_file_written_differently_says_the_same(tmp_path: Path, at: datetime) -> None:
    run(folder(tmp_path, SOME), at)
    folder(tmp_path, {"feria/videos/uno.json": json.dumps(SOME["feria/videos/uno.json"], indent=7).encode()})
    assert counts(run(tmp_path, at)) == {"unchanged": 3, "refused": 1}
    assert Event.objects.count() == 1
    with CaptureQueriesContext(connection) as queries:
        run(tmp_path, at)
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.django_db
def test_what_is_forgotten_is_forgotten_where_it_stands(tmp_path: Path, at: datetime) -> None:
    run(folder(tmp_path, SOME), at)
    path = tmp_path / "feria/videos/dos.json"
    path.unlink()
    assert counts(run(tmp_path, at)) == {"withdrawn": 1, "unchanged": 2, "refused": 1}
    assert [row.findings for row in Import.objects.order_by("pk")] == [
        [["category_unreadable", "otra", ""], ["bad_json", "otra/rota", ""]]
    ] * 2


@pytest.mark.django_db
def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path, at: datetime) -> None:
    report = run(folder(tmp_path, SOME), at, dry_run=True)
    assert (counts(report), report.source, report.dry_run) == ({"new": 3, "refused": 1}, None, True)
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_what_owners_want_unpublished_is_left_out_or_listed(
    tmp_path: Path, at: datetime, settings: Settings
) -> None:
    path = folder(tmp_path, SOME | {"NO_PUBLISH.json": [7]})
    report = run(path, at)
    assert (counts(report), Finding("no_publish", "feria/uno") in report.findings) == (
        {"new": 2, "refused": 2},
        True,
    )
    settings.ALTAVOZ_LIST_NO_PUBLISH = True
    assert counts(run(path, at)) == {"new": 1, "unchanged": 2, "refused": 1}
    listed = Entry.objects.get(key="feria/uno")
    assert (listed.extra["no_publish"], listed.thumbnail_url) == (True, "")
    assert counts(run(path, at, list_no_publish=False)) == {"withdrawn": 1, "unchanged": 2, "refused": 2}
    assert not Entry.objects.filter(key="feria/uno").exists()


@pytest.mark.django_db
def test_two_records_of_one_video_are_two_entries_of_one_work(tmp_path: Path, at: datetime) -> None:
    files: Files = {"a/videos/1.json": record(), "b/videos/2.json": record(title="Otra vez")}
    report = run(folder(tmp_path, files), at)
    assert report.findings[-1] == Finding("duplicate_video", "b/2", "a/1")
    assert Entry.objects.values("canonical_url").distinct().count() == 1
    assert counts(run(tmp_path, at)) == {"unchanged": 2}


def pack(path: Path, files: Files, mode: str = "w:xz") -> Path:
    with tarfile.open(path, mode) as out:  # type: ignore[call-overload]
        for name, told in files.items():
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            info = tarfile.TarInfo(name)
            info.size = len(body)
            out.addfile(info, io.BytesIO(body))
    return path


def compress(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, told in files.items():
            out.writestr(name, told if isinstance(told, bytes) else json.dumps(told).encode())
    return path


def test_every_kind_of_archive_holds_the_same(tmp_path: Path) -> None:
    inside: Files = {f"data-main/{name}": told for name, told in SOME.items()}
    found = [
        archive.read(folder(tmp_path / "folder", SOME)),
        archive.read(pack(tmp_path / "a.tar.xz", SOME)),
        archive.read(pack(tmp_path / "a.tar.gz", inside, "w:gz")),
        archive.read(pack(tmp_path / "a.tar", {f"./{name}": told for name, told in SOME.items()}, "w")),
        archive.read(compress(tmp_path / "a.zip", inside)),
    ]
    assert [sorted(each.records) for each in found] == [
        ["feria/dos", "feria/uno", "otra/rota", "otra/tres"]
    ] * 5
    assert all(each == found[0] or sorted(each.records) == sorted(found[0].records) for each in found)
    assert {each.no_publish for each in found} == {frozenset({99})}


def test_names_that_lead_out_and_links_are_refused(tmp_path: Path) -> None:
    evil: Files = {"../videos/x.json": b"{}", "/etc/videos/x.json": b"{}", "a\\b/videos/x.json": b"{}"}
    unsafe = [
        Finding("unsafe_path", name)
        for name in ("../videos/x.json", "/etc/videos/x.json", "a\\\\b/videos/x.json")
    ]
    assert archive.read(compress(tmp_path / "a.zip", SOME | evil)).findings == unsafe
    tar = pack(tmp_path / "a.tar", SOME | evil, "w")
    with tarfile.open(tar, "a") as out:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"a/videos/link{kind.decode()}.json")
            info.type, info.linkname = kind, "/etc/hostname"
            out.addfile(info)
        out.addfile(_folder_entry())
    links = [Finding("link", f"a/videos/link{number}.json") for number in (2, 1, 6)]
    assert archive.read(tar).findings == unsafe + links
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as zipped:
        linked = zipfile.ZipInfo("a/videos/link.json")
        linked.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(linked, "/etc/hostname")
        zipped.writestr("a/videos/", "")
    assert archive.read(tmp_path / "a.zip").findings == [*unsafe, Finding("link", "a/videos/link.json")]


def _folder_entry() -> tarfile.TarInfo:
    info = tarfile.TarInfo("a/videos")
    info.type = tarfile.DIRTYPE
    return info


def test_links_in_folders_are_not_followed(tmp_path: Path) -> None:
    path = folder(tmp_path / "catalogue", SOME)
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    (path / "feria/videos/link.json").symlink_to(secret)
    (path / "linked").symlink_to(tmp_path)
    assert archive.read(path).findings == [
        Finding("link", "linked"),
        Finding("link", "feria/videos/link.json"),
    ]


def test_huge_files_are_left_out(tmp_path: Path) -> None:
    huge: Files = {
        "a/videos/huge.json": b" " * (archive.MAX_FILE + 1),
        "a/huge.bin": b" " * (archive.MAX_FILE + 1),
    }
    expected = [Finding("too_large", "a/videos/huge.json")]
    assert archive.read(pack(tmp_path / "a.tar.xz", SOME | huge)).findings == expected
    assert archive.read(compress(tmp_path / "a.zip", SOME | huge)).findings == expected
    assert archive.read(folder(tmp_path / "folder", SOME | huge)).findings == expected


def test_bombs_are_stopped_before_they_unpack(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a/videos/bomb.json")
    info.size = archive.MAX_TOTAL + 1
    bomb = tmp_path / "bomb.tar"
    bomb.write_bytes(info.tobuf())
    with pytest.raises(BadArchiveError, match="more than a catalogue can be"):
        archive.read(bomb)


def test_what_is_no_catalogue_is_told(tmp_path: Path) -> None:
    text = tmp_path / "text.tar"
    text.write_text("not a tar")
    cut = tmp_path / "cut.tar.xz"
    cut.write_bytes(pack(tmp_path / "whole.tar.xz", SOME).read_bytes()[:200])
    for path in (text, cut, tmp_path / "missing.zip"):
        with pytest.raises(BadArchiveError, match="cannot be read"):
            archive.read(path)
    with pytest.raises(BadArchiveError, match="holds no records"):
        archive.read(folder(tmp_path / "empty", {"README": b""}))
    with pytest.raises(BadArchiveError, match=r"NO_PUBLISH\.json cannot be read"):
        archive.read(folder(tmp_path / "bad", SOME | {"NO_PUBLISH.json": b"["}))
    assert (
        archive.read(folder(tmp_path / "odd", SOME | {"NO_PUBLISH.json": {"a": 1}})).no_publish == frozenset()
    )


@pytest.mark.django_db
@pytest.mark.realdata
@pytest.mark.skipif(not REAL.exists(), reason=f"the real catalogue is not at {REAL}")
def test_the_real_catalogue(at: datetime) -> None:
    report = run(REAL, at, languages=["gl", "eu", "he", "cs", "th"])
    assert report.counts["new"] >= 20
    assert report.counts["new"] + report.counts["other_languages"] + report.counts["refused"] == 15202
    assert counts(run(REAL, at, languages=["gl"]))["unchanged"] == report.counts["new"]
