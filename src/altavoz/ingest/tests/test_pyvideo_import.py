"""The import: only the difference is written, and what left is forgotten."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from altavoz.core.models import Event
from altavoz.ingest.models import Entry, Import, Source
from altavoz.ingest.pyvideo import (
    Finding,
    Report,
    import_pyvideo,
)
from altavoz.ingest.tests.catalogues import SOME, Files, folder, record
from altavoz.people.models import Account

REAL = Path(__file__).parents[5] / "shared" / "data" / "pyvideo.tar.xz"


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


@pytest.mark.django_db
@pytest.mark.realdata
@pytest.mark.skipif(not REAL.exists(), reason=f"the real catalogue is not at {REAL}")
def test_the_real_catalogue(at: datetime) -> None:
    report = run(REAL, at, languages=["gl", "eu", "he", "cs", "th"])
    assert report.counts["new"] >= 20
    assert report.counts["new"] + report.counts["other_languages"] + report.counts["refused"] == 15202
    assert counts(run(REAL, at, languages=["gl"]))["unchanged"] == report.counts["new"]
