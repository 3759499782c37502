"""Polling, from the claim to what is stored, against a web site on this machine."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.jobs import Job
from pytest_django import DjangoAssertNumQueries
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from altavoz.core import fetch as core_fetch
from altavoz.core import jobs
from altavoz.core.models import Event
from altavoz.ingest import actions, deciding, queries, tasks, visiting
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.states import Health, SourceKind, SourceState
from altavoz.ingest.visiting import Polled

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "files"


def add(site: HTTPServer, path: str, at: datetime, **fields: object) -> Source:
    usual = {
        "kind": "feed",
        "address": "x",
        "feed_url": site.url_for(path),
        "added_at": at,
        "next_poll_at": at,
    }
    return Source.objects.create(**(usual | fields))


def serve(site: HTTPServer, path: str, name: str, etag: str = '"1"') -> None:
    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304)
        return Response((FILES / name).read_bytes(), headers={"ETag": etag}, content_type="application/xml")

    site.expect_request(path).respond_with_handler(answer)


def test_a_due_source_is_visited_and_then_only_asked_for_news(site: HTTPServer, at: datetime) -> None:
    serve(site, "/feed", "rss_plain.xml")
    source = add(site, "/feed", at)
    assert visiting.poll_due(at=at) == Polled(sources=1, new=2)
    source.refresh_from_db()
    assert (source.title, source.health, source.etag, source.polled_at) == (
        "Pandas da Amazônia",
        "well",
        '"1"',
        at,
    )
    assert source.next_poll_at is not None
    assert source.next_poll_at > at + timedelta(hours=20)
    assert visiting.poll_due(at=at) == Polled()
    later = source.next_poll_at
    assert visiting.poll_due(at=later) == Polled(sources=1, unchanged=1)
    assert Entry.objects.count() == 2


def test_a_failing_source_stops_no_other(site: HTTPServer, at: datetime) -> None:
    serve(site, "/good", "rss_plain.xml")
    serve(site, "/bad", "rss_entity_bomb.xml")
    site.expect_request("/error").respond_with_data("no", status=500)
    for path in ("/bad", "/error", "/good"):
        add(site, path, at)
    add(site, "/private", at, feed_url="http://10.0.0.1/")
    assert visiting.poll_due(at=at) == Polled(sources=4, failed=3, new=2)
    told = Source.objects.order_by("pk").values_list("health", "failures", "last_status", "last_reason")
    assert list(told) == [
        ("troubled", 1, 200, "not_a_feed:entities"),
        ("troubled", 1, 500, "status"),
        ("well", 0, 200, ""),
        ("troubled", 1, None, "refused_address"),
    ]
    changes = [
        (event.body["old"], event.body["new"])
        for event in Event.objects.filter(name="ingest.source_health_changed")
    ]
    assert sorted(changes) == [("new", "troubled")] * 3 + [("new", "well")]


def test_polling_goes_on_batch_by_batch(
    site: HTTPServer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting.rounds, "BATCH", 2)
    serve(site, "/feed", "rss_empty.xml")
    for number in range(5):
        add(site, f"/feed?{number}", at - timedelta(minutes=number))
    assert visiting.poll_due(at=at, limit=4).sources == 4
    assert visiting.poll_due(at=at).sources == 1


def test_a_permanent_redirect_is_remembered_after_three_sightings(site: HTTPServer, at: datetime) -> None:
    site.expect_request("/old").respond_with_data("", status=301, headers={"Location": site.url_for("/new")})
    serve(site, "/new", "rss_plain.xml")
    source = add(site, "/old", at)
    for day in range(3):
        source.refresh_from_db()
        assert source.feed_url == site.url_for("/old")
        visiting.poll_due(at=at + timedelta(days=2 * day))
    source.refresh_from_db()
    assert (source.feed_url, source.redirect_url, source.redirect_seen) == (site.url_for("/new"), "", 0)


def test_nobody_moves_where_another_source_lives(site: HTTPServer, at: datetime) -> None:
    site.expect_request("/old").respond_with_data("", status=301, headers={"Location": site.url_for("/new")})
    serve(site, "/new", "rss_plain.xml")
    add(site, "/new", at, next_poll_at=None)
    old = add(site, "/old", at, redirect_url=site.url_for("/new"), redirect_seen=2)
    visiting.poll_due(at=at)
    old.refresh_from_db()
    assert old.feed_url == site.url_for("/old")


def test_a_source_that_is_gone_is_left_alone_and_its_works_stay(site: HTTPServer, at: datetime) -> None:
    serve(site, "/feed", "rss_plain.xml")
    source = add(site, "/feed", at)
    visiting.poll_due(at=at)
    site.clear()
    site.expect_request("/feed").respond_with_data("", status=410)
    later = at + timedelta(days=2)
    assert visiting.poll_due(at=later) == Polled(sources=1, failed=1)
    source.refresh_from_db()
    assert (source.state, source.health, source.ended_at, source.next_poll_at) == (
        "gone",
        "gone",
        later,
        None,
    )
    assert Entry.objects.filter(gone_at=None).count() == 2


def test_a_page_that_is_gone_takes_its_work_with_it(site: HTTPServer, at: datetime) -> None:
    page = (FILES / "article.html").read_bytes()
    site.expect_request("/a").respond_with_data(page, content_type="text/html")
    source = add(site, "/a", at, kind="page")
    assert visiting.poll_due(at=at) == Polled(sources=1, new=1)
    site.clear()
    site.expect_request("/a").respond_with_data("", status=410)
    later = at + timedelta(days=2)
    visiting.poll_due(at=later)
    entry = Entry.objects.get()
    assert (entry.gone_at, entry.gone_reason) == (later, "missing")
    told = Event.objects.get(name="ingest.entries_gone").body
    gone = {"subject": source.subject, "source_id": source.pk, "entry_ids": [entry.pk], "reason": "missing"}
    assert told == gone


def test_a_claimed_source_is_nobody_elses_until_the_lease_is_over(source: Source, at: datetime) -> None:
    ours = [actions.Claimed(source.pk, source.feed_url, "")]
    assert actions.claim_due(at=at, limit=9) == ours
    assert [each.pk for each, _ in actions.claimed([source.pk], at=at)] == [source.pk]
    assert actions.claim_due(at=at, limit=9) == []
    over = at + actions.LEASE
    assert actions.claim_due(at=over, limit=9) == ours
    assert actions.claimed([source.pk], at=at) == []


def test_one_source_can_be_visited_alone(site: HTTPServer, at: datetime) -> None:
    serve(site, "/feed", "rss_plain.xml")
    source, _other = add(site, "/feed", at), add(site, "/feed?2", at)
    assert visiting.poll_source(source.pk, at=at) == Polled(sources=1, new=2)
    assert visiting.poll_source(source.pk, at=at) == Polled()


def test_visiting_soon_is_queued_once(site: HTTPServer, at: datetime, work: Callable[[], int]) -> None:
    serve(site, "/feed", "rss_plain.xml")
    source = add(site, "/feed", at, next_poll_at=at + timedelta(days=1))
    assert actions.poll_soon(source=source, at=at)
    assert actions.poll_soon(source=source, at=at)
    work()
    assert Entry.objects.count() == 2
    assert not actions.poll_soon(source=Source(pk=0), at=at)


def test_the_task_of_the_minute_visits_what_is_due(site: HTTPServer, at: datetime) -> None:
    serve(site, "/feed", "rss_plain.xml")
    add(site, "/feed", at)
    job = Job(id=1, queue="poll", lock=None, queueing_lock=None, task_name="ingest.poll_due")
    context = jobs.JobContext(app=jobs.app, job=job, start_timestamp=0, abort_reason=lambda: None)
    tasks.poll_due(context, int(at.timestamp()) + 1)
    assert Entry.objects.count() == 2


def test_a_source_removed_during_the_visit_stays_as_it_is(source: Source, at: datetime) -> None:
    actions.claim_due(at=at, limit=1)
    ((claimed, before),) = actions.claimed([source.pk], at=at)
    actions.remove_source(source=source, by=None, at=at)
    from altavoz.core.fetch import Failure, Reason
    from altavoz.ingest.deciding import judge

    after = judge(before, Failure(before.url, Reason.DNS, ""), at=at)
    assert actions.settle([(claimed, after)], at=at) == []
    source.refresh_from_db()
    assert (source.state, source.failures) == ("removed", 0)


def test_a_batch_that_cannot_be_stored_stops_no_other(site: HTTPServer, at: datetime) -> None:
    serve(site, "/feed", "rss_plain.xml")
    add(site, "/feed", at)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ingest_entry ADD CONSTRAINT never CHECK (false) NOT VALID")
    assert visiting.poll_due(at=at) == Polled(sources=1, failed=1)


@pytest.mark.parametrize("count", [1, 3])
def test_a_round_takes_the_same_number_of_statements_for_one_and_three(
    count: int, site: HTTPServer, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        serve(site, f"/feed{number}", "rss_empty.xml")
        add(site, f"/feed{number}", at)
    with django_assert_num_queries(10):
        visiting.poll_due(at=at)


def health(**fields: object) -> str:
    return str(queries.health_in_words(Source(feed_url="https://b.example/", **fields)))


def test_health_is_told_in_words() -> None:
    often = "That happened 4 times in a row. We try again every day; please check the address."
    once = "That happened 1 time. We try again in a while; you need not do anything."
    failing = {"health": Health.FAILING.value, "failures": 4}
    troubled = {"health": Health.TROUBLED.value, "failures": 1}
    assert [
        health(kind=SourceKind.CATALOGUE.value),
        health(state=SourceState.REMOVED.value),
        health(health=Health.GONE.value),
        health(),
        health(health=Health.WELL.value),
        health(**failing, last_reason="status", last_status=500),
        health(**troubled, last_reason="not_a_feed:html"),
        health(**troubled, last_reason="timeout"),
        health(**troubled, last_reason="?"),
    ] == [
        "This is a catalogue. It is read when somebody imports it.",
        "This source was removed. We do not look at it any more.",
        "The site says that this is gone for good, so we stopped looking. Add it again if it came back.",
        "We have not looked at this source yet. The first visit comes within minutes.",
        "All is well. We look for news by ourselves.",
        f"The site answered with error 500. {often}",
        f"What stands at this address is not a feed that can be read. {once}",
        f"The site took too long to answer. It may be busy: try again later. {once}",
        f"We could not read what the site sent. {once}",
    ]


def test_a_json_feed_is_polled_like_any_other(site: HTTPServer, at: datetime) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [{"id": "1", "url": "/1", "title": "Uno"}],
    }
    site.expect_request("/feed.json").respond_with_data(
        json.dumps(feed), content_type="application/feed+json"
    )
    add(site, "/feed.json", at)
    assert visiting.poll_due(at=at) == Polled(sources=1, new=1)


def test_a_document_nobody_imagined_is_a_failing_source(at: datetime) -> None:
    impossible = deciding.Before(id=1, kind=SourceKind.FEED, url="x", interval_s=None, body_digest="x")  # type: ignore[arg-type]
    after = visiting.rounds._judge(impossible, core_fetch.Response("x", 304, {}, b"", (), 0.1), at)
    assert (after.outcome, after.reason) == (deciding.Outcome.FAILED, "protocol")


def test_both_validators_are_sent_back() -> None:
    known = deciding.Before(
        id=1, kind=SourceKind.FEED, url="x", body_digest="x", etag='"1"', last_modified="ayer"
    )
    headers = visiting.rounds.request_of(known).headers
    assert {name: headers[name] for name in ("If-None-Match", "If-Modified-Since")} == {
        "If-None-Match": '"1"',
        "If-Modified-Since": "ayer",
    }


def test_nothing_due_asks_nothing(at: datetime) -> None:
    assert visiting.poll_due(at=at, limit=0) == Polled()
