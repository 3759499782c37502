"""Many sources are visited side by side by helper processes, each site by one of them. Some are killed."""

import os
import signal
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from altavoz.ingest import actions, visiting
from altavoz.ingest.actions import Claimed
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.visiting import Polled, polls, sharing

FILES = Path(__file__).parent / "files"


def claimed(*urls: str, leads_to: str = "") -> list[Claimed]:
    return [Claimed(number, url, leads_to) for number, url in enumerate(urls)]


def hosts(shares: list[list[Claimed]]) -> list[list[str]]:
    return [[each.url.split("/")[2] for each in share] for share in shares]


def test_a_site_is_in_one_share_and_shares_are_about_as_long() -> None:
    urls = [
        f"https://{host}.example/{n}"
        for host, count in zip("abcd", (5, 3, 2, 1), strict=True)
        for n in range(count)
    ]
    assert hosts(sharing.divide(claimed(*urls), 2)) == [
        ["a.example"] * 5 + ["d.example"],
        ["b.example"] * 3 + ["c.example"] * 2,
    ]


def test_no_share_is_empty() -> None:
    assert hosts(sharing.divide(claimed("https://a.example/", "https://a.example/2"), 4)) == [
        ["a.example"] * 2
    ]
    assert sharing.divide([], 4) == []


def test_sources_that_lead_to_the_same_site_are_in_one_share() -> None:
    moved = [
        *claimed("https://a.example/", "https://b.example/", leads_to="https://new.example/"),
        *claimed("https://c.example/", "https://new.example/", "https://c.example/2"),
    ]
    assert hosts(sharing.divide(moved, 2)) == [
        ["a.example", "b.example", "new.example"],
        ["c.example", "c.example"],
    ]


@pytest.fixture
def sites(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    """Yield a server on all loopback addresses; two sources are many enough for helpers."""
    monkeypatch.setattr(polls, "FEW", 2)
    settings.ALTAVOZ_POLL_PROCESSES = 2
    with HTTPServer(host="0.0.0.0") as server:  # noqa: S104 - the test asks several addresses of this machine
        settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.0/8:{server.port}"]
        yield server


def add(server: HTTPServer, host: str, path: str, at: datetime) -> Source:
    url = f"http://{host}:{server.port}{path}"
    return Source.objects.create(kind="feed", address=url, feed_url=url, added_at=at, next_poll_at=at)


def serve(server: HTTPServer, path: str = "/feed") -> None:
    server.expect_request(path).respond_with_data(
        (FILES / "rss_plain.xml").read_bytes(), content_type="application/xml"
    )


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_helpers_store_what_they_fetch(sites: HTTPServer, at: datetime) -> None:
    serve(sites)
    sources = [add(sites, host, "/feed", at) for host in ("127.0.0.1", "127.0.0.2")]
    assert visiting.poll_due(at=at) == Polled(sources=2, new=4)
    assert list(Entry.objects.order_by("source").values_list("source_id", flat=True).distinct()) == [
        source.pk for source in sources
    ]
    assert len(polls._crew._members) == 2
    assert visiting.poll_due(at=at) == Polled()


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_few_sources_need_no_helper(sites: HTTPServer, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polls, "_crew", None)
    serve(sites)
    add(sites, "127.0.0.1", "/feed", at)
    assert visiting.poll_due(at=at) == Polled(sources=1, new=2)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_one_process_means_this_one(
    sites: HTTPServer, at: datetime, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polls, "_crew", None)
    settings.ALTAVOZ_POLL_PROCESSES = 1
    serve(sites)
    for number in range(2):
        add(sites, "127.0.0.1", f"/feed?{number}", at)
    assert visiting.poll_due(at=at) == Polled(sources=2, new=4)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_helper_had_is_visited_when_the_lease_is_over(sites: HTTPServer, at: datetime) -> None:
    def kill(_: Request) -> Response:
        for member in polls._crew._members:
            os.kill(member.process.pid or 0, signal.SIGKILL)
        return Response("", status=500)

    sites.expect_oneshot_request("/feed").respond_with_handler(kill)
    serve(sites)
    for number in range(2):
        add(sites, "127.0.0.1", f"/feed?{number}", at)
    assert visiting.poll_due(at=at) == Polled(sources=2, lost=2)
    assert Entry.objects.count() == 0
    assert visiting.poll_due(at=at) == Polled()
    assert visiting.poll_due(at=at + actions.LEASE) == Polled(sources=2, new=4)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_shall_end_leaves_the_rest_for_later(sites: HTTPServer, at: datetime) -> None:
    stopped = threading.Event()

    def hesitate(_: Request) -> Response:
        stopped.wait(20)
        return Response("", status=500)

    sites.expect_request("/feed").respond_with_handler(hesitate)
    for number in range(2):
        add(sites, "127.0.0.1", f"/feed?{number}", at)
    assert visiting.poll_due(at=at, stop=lambda: True) == Polled(sources=2, lost=2)
    stopped.set()


@pytest.mark.django_db
def test_a_round_that_still_runs_is_not_joined_by_another(sites: HTTPServer, at: datetime) -> None:
    add(sites, "127.0.0.1", "/feed", at)
    with polls._round:
        assert visiting.poll_due(at=at) == Polled()
    assert len(actions.claim_due(at=at, limit=1)) == 1
