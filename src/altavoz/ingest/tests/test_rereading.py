"""Polling again: only what changed is read, and whatever touches entries otherwise makes all of them be read."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from pytest_httpserver import HTTPServer

from altavoz.core.fetch import Request, Response
from altavoz.ingest import actions, deciding, visiting
from altavoz.ingest.discovery.values import Found
from altavoz.ingest.models import Entry, Push, Source, Subscription
from altavoz.ingest.states import SourceKind
from altavoz.ingest.tests.test_windows import atom, entry
from altavoz.ingest.visiting import Polled

pytestmark = pytest.mark.django_db


@pytest.fixture
def polled(site: HTTPServer, at: datetime) -> Source:
    """Return a source that was visited when it told two entries."""
    source = Source.objects.create(
        owner="showcase.creator:5", kind="feed", feed_url=site.url_for("/f"), added_at=at, next_poll_at=at
    )
    told(site, entry(1), entry(2))
    assert visiting.poll_due(at=at) == Polled(sources=1, new=2)
    source.refresh_from_db()
    assert source.marks != b""
    return source


def told(site: HTTPServer, *entries: str, top: str = "", attributes: str = "xml:lang='es'") -> None:
    site.clear()
    site.expect_request("/f").respond_with_data(
        atom(*entries, top=top, attributes=attributes), content_type="application/atom+xml"
    )


def poll(source: Source, at: datetime) -> Polled:
    Source.objects.filter(pk=source.pk).update(next_poll_at=at)
    return visiting.poll_due(at=at)


def known(source: Source) -> bool:
    source.refresh_from_db()
    return bytes(source.marks) != b""


def test_only_what_changed_is_stored(site: HTTPServer, polled: Source, at: datetime) -> None:
    told(site, entry(3), entry(2, "Otro"), entry(1))
    assert poll(polled, at) == Polled(sources=1, new=1, changed=1)
    titles = Entry.objects.order_by("key").values_list("key", "title")
    assert list(titles) == [("urn:1", "Uno"), ("urn:2", "Otro"), ("urn:3", "Uno")]


def test_the_interval_follows_the_dates_of_all_entries(
    site: HTTPServer, polled: Source, at: datetime
) -> None:
    told(site, entry(3), entry(2), entry(1))
    poll(polled, at)
    polled.refresh_from_db()
    days = [datetime(2026, 5, day, tzinfo=at.tzinfo) for day in (1, 2, 3)]
    assert polled.interval_s == deciding.next_interval(days, at=at)


def test_an_entry_that_was_deleted_and_is_listed_again_comes_back(
    site: HTTPServer, polled: Source, at: datetime
) -> None:
    tomb = "<d:deleted-entry xmlns:d='http://purl.org/atompub/tombstones/1.0' ref='urn:1'/>"
    told(site, entry(2), top=tomb)
    assert poll(polled, at) == Polled(sources=1, gone=1)
    told(site, entry(2), entry(1))
    assert poll(polled, at) == Polled(sources=1, changed=1)
    assert not Entry.objects.exclude(gone_at=None).exists()


def test_a_listed_entry_is_not_deleted(site: HTTPServer, polled: Source, at: datetime) -> None:
    tomb = "<d:deleted-entry xmlns:d='http://purl.org/atompub/tombstones/1.0' ref='urn:1'/>"
    told(site, entry(2), entry(1), top=tomb)
    assert poll(polled, at) == Polled(sources=1)


def test_an_entry_told_twice_is_read_every_time(site: HTTPServer, polled: Source, at: datetime) -> None:
    told(site, entry(1), entry(2), entry(3, link="/1"))
    assert poll(polled, at) == Polled(sources=1)
    told(site, entry(1, link="/otra"), entry(2), entry(3, link="/1"))
    assert poll(polled, at).new == 1


@pytest.mark.usefixtures("site")
def test_a_declared_language_makes_all_be_read(polled: Source, at: datetime) -> None:
    actions.set_language(source=polled, language="gl", by=None, at=at)
    assert not known(polled)
    assert visiting.poll_due(at=at) == Polled(sources=1, changed=2)
    assert set(Entry.objects.values_list("declared_language", "spoken_language")) == {("gl", "gl")}
    assert known(polled)


def test_a_source_that_comes_back_is_read_in_full(site: HTTPServer, polled: Source, at: datetime) -> None:
    site.clear()
    site.expect_request("/f").respond_with_data("", status=410)
    assert poll(polled, at) == Polled(sources=1, failed=1)
    found = Found(kind=SourceKind.FEED, address=polled.feed_url, feed_url=polled.feed_url, title="B")
    actions.add_source(found=found, owner=polled.owner, by=None, at=at)
    assert not known(polled)


def test_a_push_makes_the_next_visit_read_in_full(site: HTTPServer, polled: Source, at: datetime) -> None:
    subscription = Subscription.objects.create(
        source=polled, hub_url="https://h.example/", topic_url=polled.feed_url, token="t", asked_at=at
    )
    push = Push.objects.create(
        subscription=subscription, body=atom(entry(1, "Empujado"), entry(2)), received_at=at
    )
    actions.read_push(push_id=push.pk, at=at)
    assert Entry.objects.get(key="urn:1").title == "Empujado"
    assert not known(polled)
    told(site, entry(1), entry(2), entry(3))
    assert poll(polled, at) == Polled(sources=1, new=1, changed=1)


@pytest.mark.parametrize("same", [True, False])
def test_a_visit_that_was_overtaken_is_repeated_in_full(
    *, same: bool, site: HTTPServer, polled: Source, at: datetime
) -> None:
    later = at + timedelta(days=2)
    actions.claim_due(at=later, limit=1)
    ((claimed, before),) = actions.claimed([polled.pk], at=later)
    actions.set_language(source=polled, language="gl", by=None, at=later)
    body = atom(entry(1), entry(2), entry(3))
    answer = Response(before.url, 304 if same else 200, {}, b"" if same else body, (), 0.1)
    actions.settle([(claimed, deciding.judge(before, answer, at=later))], at=later)
    polled.refresh_from_db()
    state = (polled.language, polled.body_digest, bytes(polled.marks), polled.next_poll_at)
    assert state == ("gl", "", b"", later)
    told(site, entry(1), entry(2), entry(3))
    visiting.poll_due(at=later)
    assert set(Entry.objects.values_list("key", "declared_language")) == {
        ("urn:1", "gl"),
        ("urn:2", "gl"),
        ("urn:3", "gl"),
    }
    assert known(polled)


def test_what_could_not_be_stored_is_read_again(site: HTTPServer, polled: Source, at: datetime) -> None:
    before = bytes(polled.marks)
    told(site, entry(1), entry(2), entry(3))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ingest_entry ADD CONSTRAINT never CHECK (false) NOT VALID")
    assert poll(polled, at) == Polled(sources=1, failed=1)
    polled.refresh_from_db()
    assert bytes(polled.marks) == before


def test_a_round_that_is_broken_off_leaves_nobody_waiting(
    site: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting.rounds, "_PORTION", 1)
    told(site, entry(1))
    answers = visiting.rounds._answers([Request(site.url_for("/f")) for _ in range(9)])
    next(answers)
    answers.close()
    assert list(visiting.rounds._answers([])) == []


def test_sites_that_keep_us_waiting_are_left_for_later(
    site: HTTPServer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting.rounds, "_PATIENCE_S", 0)
    told(site, entry(1))
    Source.objects.create(kind="feed", feed_url=site.url_for("/f"), added_at=at, next_poll_at=at)
    assert visiting.poll_due(at=at) == Polled()
    assert visiting.poll_due(at=at + actions.LEASE) == Polled()
