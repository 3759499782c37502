"""Storing what sources told."""

import dataclasses
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.core.models import Event
from altavoz.ingest import actions, bulk, queries
from altavoz.ingest.actions import Arrival, Stored
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.parsing import Caption, Item, Kind

pytestmark = pytest.mark.django_db


def item(key: str, **fields: object) -> Item:
    usual = {
        "url": f"https://b.example/{key}",
        "title": "Cómo probar sin miedo",
        "summary": "Una charla larga.",
    }
    return Item(key=key, **(usual | fields))  # type: ignore[arg-type]


def facts() -> list[tuple[str, object]]:
    return [(event.name, event.body) for event in Event.objects.order_by("pk")]


def test_an_entry_is_all_that_its_source_told(source: Source, at: datetime) -> None:
    told = item(
        "1",
        authors=("Rocío",),
        published_at=at - timedelta(days=3),
        updated_at=at,
        language="es-MX",
        kind=Kind.PODCAST,
        media_url="https://b.example/1.mp3",
        media_type="audio/mpeg",
        thumbnail_url="https://b.example/1.png",
        duration_s=61,
        captions=(
            Caption(url="https://b.example/1.vtt", media_type="text/vtt", language="es"),
            Caption(url="x"),
        ),
        topics=("pruebas",),
        licence="CC BY 4.0",
    )
    stored = actions.store_entries([Arrival(source, [told])], at=at)
    entry = Entry.objects.get()
    assert stored == [Stored(source.pk, new=(entry.pk,))]
    confidence = entry.confidence
    assert confidence > 0.5
    assert {name: value for name, value in vars(entry).items() if name[0] != "_"} == {
        "id": entry.pk,
        "source_id": source.pk,
        "key": "1",
        "canonical_url": "https://b.example/1",
        "url": "https://b.example/1",
        "title": "Cómo probar sin miedo",
        "summary": "Una charla larga.",
        "authors": ["Rocío"],
        "published_at": at - timedelta(days=3),
        "updated_at": at,
        "media_url": "https://b.example/1.mp3",
        "media_type": "audio/mpeg",
        "thumbnail_url": "https://b.example/1.png",
        "duration_s": 61,
        "declared_language": "es-MX",
        "spoken_language": "es-MX",
        "metadata_language": "es-MX",
        "confidence": confidence,
        "captions": ["es", "und"],
        "topics": ["pruebas"],
        "licence": "CC BY 4.0",
        "kind": "podcast",
        "digest": entry.digest,
        "record_digest": "",
        "first_seen_at": at,
        "changed_at": at,
        "gone_at": None,
        "gone_reason": "",
        "extra": {
            "transcripts": [
                {"url": "https://b.example/1.vtt", "type": "text/vtt", "language": "es"},
                {"url": "x", "type": "", "language": ""},
            ]
        },
    }
    assert facts() == [
        (
            "ingest.entries_stored",
            {"subject": source.subject, "source_id": source.pk, "new": [entry.pk], "changed": []},
        )
    ]
    assert queries.entries([entry.pk]) == [entry]
    assert queries.newest_entries(source) == [entry]


def test_telling_the_same_again_changes_nothing(source: Source, at: datetime) -> None:
    actions.store_entries([Arrival(source, [item("1")])], at=at)
    before = Entry.objects.values().get()
    assert actions.store_entries([Arrival(source, [item("1")])], at=at + timedelta(1)) == [Stored(source.pk)]
    assert Entry.objects.values().get() == before
    assert len(facts()) == 1


def test_a_change_is_stored_and_told(source: Source, at: datetime) -> None:
    actions.store_entries([Arrival(source, [item("1"), item("2")])], at=at)
    later = at + timedelta(days=1)
    moved = item("n1", url="https://nuevo.example/1", title="Otro título")
    stored = actions.store_entries([Arrival(source, [item("1", title="Título nuevo"), moved])], at=later)
    one = Entry.objects.get(key="1")
    assert stored == [Stored(source.pk, new=(Entry.objects.get(key="n1").pk,), changed=(one.pk,))]
    assert (one.title, one.first_seen_at, one.changed_at) == ("Título nuevo", at, later)
    assert [body for _, body in facts()][1:] == [
        {"subject": source.subject, "source_id": source.pk, "new": list(stored[0].new), "changed": []},
        {"subject": source.subject, "source_id": source.pk, "new": [], "changed": [one.pk]},
    ]


def test_what_a_source_deleted_is_gone_and_may_come_back(source: Source, at: datetime) -> None:
    actions.store_entries([Arrival(source, [item("1")])], at=at)
    entry = Entry.objects.get()
    actions.store_entries([Arrival(source, [], deleted=["1"])], at=at)
    entry.refresh_from_db()
    assert (entry.gone_at, entry.gone_reason) == (at, "removed")
    gone = {"subject": source.subject, "source_id": source.pk, "entry_ids": [entry.pk], "reason": "removed"}
    assert facts()[1] == ("ingest.entries_gone", gone)
    assert actions.store_entries([Arrival(source, [item("1")])], at=at)[0].changed == (entry.pk,)
    entry.refresh_from_db()
    assert (entry.gone_at, entry.gone_reason) == (None, "")


def test_the_language_the_owner_declared_wins(source: Source, at: datetime) -> None:
    source.language = "gl"
    actions.store_entries([Arrival(source, [item("1"), item("2", language="eu")], language="en")], at=at)
    found = Entry.objects.order_by("key").values_list(
        "declared_language", "spoken_language", "metadata_language"
    )
    assert list(found) == [("gl", "gl", "es"), ("eu", "eu", "es")]


def test_facts_hold_five_hundred_entries_at_most(source: Source, at: datetime) -> None:
    items = [item(str(number), title=f"{number}") for number in range(1001)]
    actions.store_entries([Arrival(source, items)], at=at)
    assert [len(event.body["new"]) for event in Event.objects.order_by("pk")] == [500, 500, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_statements_does_not_depend_on_that_of_sources(
    count: int, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sources = [
        Source.objects.create(kind="feed", address="x", feed_url=f"https://b{number}.example/", added_at=at)
        for number in range(count)
    ]
    arrivals = [Arrival(source, [item("1"), item("2")]) for source in sources]
    with django_assert_num_queries(7):  # savepoint, lock, known, insert, facts, their jobs, release
        actions.store_entries(arrivals, at=at)
    with django_assert_num_queries(4):
        actions.store_entries(arrivals, at=at)
    changed = [Arrival(source, [item("1", title="x"), item("2")]) for source in sources]
    with django_assert_num_queries(7):
        actions.store_entries(changed, at=at)


def test_an_entry_knows_its_title(source: Source, at: datetime) -> None:
    told = dataclasses.replace(item("1"), title="Uno")
    actions.store_entries([Arrival(source, [told])], at=at)
    assert str(Entry.objects.get()) == "Uno"


def test_only_what_json_can_tell_is_stored() -> None:
    with pytest.raises(TypeError, match="set"):
        bulk.insert(Entry, [{"title": {"x"}}])
