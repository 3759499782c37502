"""Adding and removing sources, and what the database itself refuses."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from altavoz.core.ledger.models import Entry as LedgerEntry
from altavoz.core.models import Event
from altavoz.ingest import actions, queries
from altavoz.ingest.actions import Arrival, KnownSourceError
from altavoz.ingest.discovery import Found
from altavoz.ingest.models import Entry, Import, Proof, Source, Subscription
from altavoz.ingest.parsing import Item
from altavoz.ingest.states import NotAllowedError, ProofMethod, SourceKind
from altavoz.ingest.tests.conftest import OWNER
from altavoz.people.models import Account

pytestmark = pytest.mark.django_db
FOUND = Found(
    kind=SourceKind.PODCAST,
    address="https://radio.example/",
    feed_url="https://radio.example/feed",
    title="Radio",
    summary="Charlas",
    image_url="https://radio.example/i.png",
    podcast_guid="g",
    verifications=("altavoz-x",),
)


def test_what_was_found_is_added_and_due_at_once(ana: Account, at: datetime) -> None:
    source = actions.add_source(found=FOUND, owner=OWNER, by=ana, at=at, language="spa")
    source.refresh_from_db()
    told = {
        name: getattr(source, name)
        for name in ("owner", "kind", "address", "feed_url", "title", "summary", "language")
    }
    assert told == {
        "owner": OWNER,
        "kind": "podcast",
        "address": "https://radio.example/",
        "feed_url": "https://radio.example/feed",
        "title": "Radio",
        "summary": "Charlas",
        "language": "es",
    }
    assert (source.state, source.next_poll_at, source.podcast_guid, source.verifications) == (
        "living",
        at,
        "g",
        ["altavoz-x"],
    )
    assert str(source) == "Radio"
    ledger = LedgerEntry.objects.get(type="ingest.source_added")
    assert (ledger.subject, ledger.public) == (
        source.subject,
        {"kind": "podcast", "address": "https://radio.example/", "owner": OWNER},
    )


def test_a_living_feed_is_added_once(at: datetime) -> None:
    first = actions.add_source(found=FOUND, owner=OWNER, by=None, at=at)
    with pytest.raises(KnownSourceError) as known:
        actions.add_source(found=FOUND, owner="showcase.creator:6", by=None, at=at)
    assert known.value.source == first


def test_whoever_adds_a_feed_a_moment_later_is_told(source: Source, at: datetime) -> None:
    rival = Source(kind="feed", address="x", feed_url=source.feed_url, added_at=at)
    with pytest.raises(KnownSourceError) as known:
        actions.sources._save(rival)
    assert known.value.source == source


def test_a_source_that_was_gone_comes_back_to_its_owner(at: datetime) -> None:
    first = actions.add_source(found=FOUND, owner=OWNER, by=None, at=at, language="es")
    Source.objects.update(state="gone", ended_at=at, next_poll_at=None)
    again = actions.add_source(found=FOUND, owner=OWNER, by=None, at=at)
    assert (again.pk, again.state, again.language, again.ended_at) == (first.pk, "living", "es", None)


def test_removing_a_source_withdraws_what_came_from_it(source: Source, ana: Account, at: datetime) -> None:
    items = [
        Item(key=str(number), url=f"https://b.example/{number}", title=str(number)) for number in range(3)
    ]
    actions.store_entries([Arrival(source, items)], at=at)
    Subscription.objects.create(source=source, hub_url="h", topic_url="t", token="t", secret="s", asked_at=at)
    actions.remove_source(source=source, by=ana, at=at)
    source.refresh_from_db()
    assert (source.state, source.ended_at, source.next_poll_at) == ("removed", at, None)
    ids = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert list(Entry.objects.values_list("gone_reason", flat=True)) == ["source_removed"] * 3
    assert Event.objects.get(name="ingest.entries_gone").body == {
        "subject": source.subject,
        "source_id": source.pk,
        "entry_ids": ids,
        "reason": "source_removed",
    }
    assert not Subscription.objects.exists()
    assert list(queries.sources_of(OWNER)) == []
    with pytest.raises(NotAllowedError):
        actions.remove_source(source=source, by=ana, at=at)


def test_removing_an_empty_source_tells_nobody(source: Source, at: datetime) -> None:
    actions.remove_source(source=source, by=None, at=at)
    assert not Event.objects.exists()


def test_declaring_a_language_reads_the_source_again(source: Source, ana: Account, at: datetime) -> None:
    Source.objects.update(body_digest="x", etag="x")
    actions.set_language(source=source, language="por", by=ana, at=at)
    source.refresh_from_db()
    assert (source.language, source.body_digest, source.etag, source.next_poll_at) == ("pt", "", "", at)
    count = LedgerEntry.objects.count()
    actions.set_language(source=source, language="pt", by=ana, at=at)
    assert LedgerEntry.objects.count() == count
    actions.set_language(source=source, language="", by=ana, at=at)
    source.refresh_from_db()
    assert source.language == ""


def test_a_catalogue_is_made_once_and_never_polled(at: datetime) -> None:
    told = {"feed_url": "catalogue:x", "address": "https://x.example/", "title": "X"}
    one = actions.add_catalogue(**told, by=None, at=at)
    assert actions.add_catalogue(**told, by=None, at=at) == one
    assert actions.claim_due(at=at, limit=9) == []
    assert queries.imports_of(one) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_sources_of_a_creator_come_with_one_query(
    count: int, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        made = Source.objects.create(
            owner=OWNER, kind="feed", address="x", feed_url=f"f{number}", added_at=at
        )
        actions.store_entries([Arrival(made, [Item(key="1", url="https://b.example/1", title="t")])], at=at)
    with django_assert_num_queries(1):
        assert [vars(each)["living_entries"] for each in queries.sources_of(OWNER)] == [1] * count


def source_with(**fields: object) -> Source:
    usual: dict[str, Any] = {"kind": "feed", "address": "x", "feed_url": "https://other.example/"}
    return Source(**(usual | fields))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ingest_source_one_living_per_feed", source_with(feed_url="https://b.example/feed.xml")),
        ("ingest_source_kind", source_with(kind="fax")),
        ("ingest_source_state", source_with(state="zombie", ended_at=datetime(2026, 1, 1, tzinfo=UTC))),
        ("ingest_source_health", source_with(health="so so")),
        ("ingest_source_has_feed", source_with(feed_url="")),
        ("ingest_source_ended_when_not_living", source_with(state="gone")),
    ],
)
def test_the_database_keeps_sources_right(name: str, wrong: Source, source: Source, at: datetime) -> None:
    wrong.added_at, wrong.pk = at, None
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        wrong.save()
    assert source.pk


ENTRY = {"kind": "article", "digest": "d", "spoken_language": "es", "metadata_language": "es"}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ingest_entry_kind", {"kind": "fax"}),
        ("ingest_entry_duration_positive", {"duration_s": 0}),
        ("ingest_entry_gone_with_reason", {"gone_reason": "removed"}),
        ("ingest_entry_one_per_key", {"key": "1"}),
    ],
)
def test_the_database_keeps_entries_right(
    name: str, wrong: dict[str, Any], source: Source, at: datetime
) -> None:
    times = {"first_seen_at": at, "changed_at": at}
    Entry.objects.create(source=source, key="1", **ENTRY, **times)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Entry.objects.create(**({"source": source, "key": "2"} | ENTRY | times | wrong))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("ingest_proof_method", {"method": "oath"}),
        ("ingest_proof_state", {"state": "maybe"}),
        ("ingest_proof_proved_has_time", {"state": "proved"}),
        ("ingest_proof_one_per_method", {}),
    ],
)
def test_the_database_keeps_proofs_right(
    name: str, wrong: dict[str, Any], source: Source, ana: Account, at: datetime
) -> None:
    usual = {"source": source, "account": ana, "method": "token", "token": "t", "asked_at": at}
    Proof.objects.create(**usual)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Proof.objects.create(**(usual | wrong))


def test_the_database_keeps_subscriptions_right(source: Source, at: datetime) -> None:
    with pytest.raises(IntegrityError, match="ingest_subscription_state"), transaction.atomic():
        Subscription.objects.create(source=source, token="t", secret="s", asked_at=at, state="maybe")
    assert not Import.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_readers_see_where_an_owner_publishes_with_what_was_proved(
    count: int, ana: Account, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    usual: dict[str, Any] = {"owner": OWNER, "kind": "feed", "address": "x", "added_at": at}
    sources = [Source.objects.create(feed_url=f"https://b.example/{n}", **usual) for n in range(count)]
    Source.objects.create(feed_url="https://b.example/gone", **usual, state="gone", ended_at=at)
    proof = actions.start_proof(
        source=sources[0], account=ana, method=ProofMethod.TOKEN, back_link="x", at=at
    )
    Proof.objects.filter(pk=proof.pk).update(state="proved", proved_at=at)
    with django_assert_num_queries(2):
        shown = queries.public_sources(OWNER)
    assert [(each.pk, [row.pk for row in vars(each)["shown_proofs"]]) for each in shown] == [
        (source.pk, [proof.pk] if source == sources[0] else []) for source in sources
    ]
