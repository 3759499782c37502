"""Looking at a pasted address: one row for all who paste it, its steps, and every way it ends; on real servers."""

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response as Answered

from altavoz.core.fetch import Reason, Request
from altavoz.ingest import actions, tasks, visiting
from altavoz.ingest.actions.discoveries import KEPT, LEASE
from altavoz.ingest.discovery import Found, NotFound, steps, storing
from altavoz.ingest.discovery.words import _WORDS, because
from altavoz.ingest.models import Discovery
from altavoz.ingest.visiting import discovering

pytestmark = pytest.mark.django_db
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Serpientes</title><link>{url}</link>'
    "<item><title>Bucles sin miedo</title><link>{url}1</link><guid>1</guid>"
    "<pubDate>Sat, 14 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)
BOMB = '<!DOCTYPE r [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>'


def _serve(site: HTTPServer, path: str, body: str = "", *, robots: str = "", **options: Any) -> str:
    """Serve a page under a robots.txt; return its address."""
    site.expect_request("/robots.txt").respond_with_data(robots)
    site.expect_request(path).respond_with_data(body, **{"content_type": "text/html", **options})
    return site.url_for(path)


def _looked(address: str, at: datetime) -> tuple[Discovery, list[str]]:
    row = actions.ask_discovery(address=address, at=at)
    heard: list[str] = []
    claimed = actions.claim_discovery(discovery_id=row.pk, at=at)
    assert claimed is not None
    result = visiting.discover(claimed.address, tell=heard.append)
    actions.settle_discovery(discovery=claimed, result=result, at=at)
    row.refresh_from_db()
    return row, heard


def test_a_blog_is_found_step_by_step(site: HTTPServer, at: datetime) -> None:
    url = _serve(site, "/", '<html lang=es><link rel=alternate type="application/rss+xml" href="/f.xml">Hola')
    site.expect_request("/f.xml").respond_with_data(FEED.format(url=url), content_type="application/rss+xml")
    row, heard = _looked(url, at)
    assert [row.state, row.code, heard] == ["found", "", ["page", "feed"]]
    assert row.found is not None
    found = storing.from_json(row.found)
    assert [found.title, found.items[0].title, found.items[0].published_at] == [
        "Serpientes",
        "Bucles sin miedo",
        datetime.fromisoformat("2026-03-14T10:00:00+00:00"),
    ]


def test_a_finding_survives_the_row(site: HTTPServer) -> None:
    url = _serve(site, "/f.xml", FEED.format(url="https://b.example/"), content_type="application/rss+xml")
    found = visiting.discover(url, tell=lambda _step: None)
    assert isinstance(found, Found)
    assert storing.from_json(storing.to_json(found)) == found


def test_two_who_paste_the_same_share_one_look(at: datetime) -> None:
    one = actions.ask_discovery(address=" https://b.example/ ", at=at)
    two = actions.ask_discovery(address="https://b.example/", at=at + timedelta(seconds=1))
    assert [one.pk, Discovery.objects.count(), _jobs()] == [two.pk, 1, 1]


def _jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'ingest.discover'")
        return int(cursor.fetchone()[0])


def test_what_was_not_found_is_looked_for_again(at: datetime) -> None:
    row = actions.ask_discovery(address="https://b.example/", at=at)
    missing = NotFound("no_feed", row.address, "")
    assert actions.settle_discovery(discovery=row, result=missing, at=at)
    assert not actions.settle_discovery(discovery=row, result=missing, at=at)
    double = actions.ask_discovery(address="https://b.example/", at=at + timedelta(seconds=9))
    later = actions.ask_discovery(address="https://b.example/", at=at + timedelta(seconds=10))
    assert [double.state, later.state, later.token == row.token] == ["nothing", "waiting", True]


def test_a_finding_is_forgotten_in_time(at: datetime, site: HTTPServer) -> None:
    url = _serve(site, "/f.xml", FEED.format(url="https://b.example/"), content_type="application/rss+xml")
    _looked(url, at)
    assert actions.ask_discovery(address=url, at=at + KEPT - timedelta(seconds=1)).state == "found"
    assert actions.ask_discovery(address=url, at=at + KEPT).state == "waiting"
    tasks.forget_discoveries(int((at + 3 * KEPT).timestamp()))
    assert not Discovery.objects.exists()


def test_a_worker_that_died_is_replaced(at: datetime) -> None:
    row = actions.ask_discovery(address="https://b.example/", at=at)
    assert not actions.revive_discovery(discovery=row, at=at + timedelta(seconds=29))
    assert actions.claim_discovery(discovery_id=row.pk, at=at) is not None
    assert actions.claim_discovery(discovery_id=row.pk, at=at + timedelta(seconds=29)) is None
    assert not actions.revive_discovery(discovery=row, at=at + timedelta(seconds=29))
    assert actions.revive_discovery(discovery=row, at=at + LEASE)
    assert not actions.revive_discovery(discovery=row, at=at + LEASE)
    assert actions.claim_discovery(discovery_id=row.pk, at=at + LEASE) is not None


def test_the_job_does_the_whole_of_it(site: HTTPServer, at: datetime, work: Callable[[], int]) -> None:
    url = _serve(site, "/f.xml", FEED.format(url="https://b.example/"), content_type="application/rss+xml")
    row = actions.ask_discovery(address=url, at=at)
    work()
    row.refresh_from_db()
    assert [row.state, row.step] == ["found", "page"]
    visiting.look(row.pk, at=at)  # a second run finds nothing to do
    visiting.look(row.pk + 1, at=at)


def test_our_own_fault_is_told_at_once(
    at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(discovering, "discover", broken)
    row = actions.ask_discovery(address="https://b.example/", at=at)
    visiting.look(row.pk, at=at)
    row.refresh_from_db()
    assert [row.state, row.code] == ["nothing", "our_fault"]
    assert "unknown way" in caplog.text


@pytest.mark.parametrize(
    ("code", "body", "options"),
    [
        ("robots", "Hola", {"robots": "User-agent: *\nDisallow: /"}),
        ("status_missing", "", {"status": 404}),
        ("status_missing", "", {"status": 410}),
        ("status_denied", "", {"status": 403}),
        ("login_wall", "", {"status": 401}),
        ("status_busy", "", {"status": 429}),
        ("status_error", "", {"status": 500}),
        ("no_feed", "<html><body>Hola</body></html>", {}),
        ("empty_page", "", {}),
        ("media_file", "ID3", {"content_type": "audio/mpeg"}),
        ("not_a_page", "%PDF-", {"content_type": "application/pdf"}),
        ("feed_entities", BOMB, {"content_type": "text/xml"}),
        ("fetch_too_large", "x" * (5 * 1024 * 1024 + 1), {}),
    ],
)  # fmt: skip
def test_every_answer_of_a_site_has_its_reason(
    site: HTTPServer, at: datetime, code: str, body: str, options: dict[str, Any]
) -> None:
    row, _ = _looked(_serve(site, "/here", body, **options), at)
    assert [row.state, row.code] == ["nothing", code]


def test_a_broken_feed_is_told(site: HTTPServer, at: datetime) -> None:
    url = _serve(site, "/", '<html><link rel=alternate type="application/rss+xml" href="/f.xml">Hola')
    site.expect_request("/f.xml").respond_with_data("Oops", content_type="text/plain")
    assert _looked(url, at)[0].code == "feed_broken"


def test_a_door_with_a_bell_is_a_login_wall(site: HTTPServer, at: datetime) -> None:
    site.expect_request("/robots.txt").respond_with_data("", status=404)
    site.expect_request("/mine").respond_with_data(
        "", status=302, headers={"Location": "/accounts/login/?next=/mine"}
    )
    site.expect_request("/accounts/login/").respond_with_data("<form>", content_type="text/html")
    assert _looked(site.url_for("/mine"), at)[0].code == "login_wall"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "empty"),
        ("hola", "not_an_address"),
        ("http://169.254.169.254/latest", "fetch_refused_address"),
        ("http://[::1]/", "fetch_refused_address"),
        ("https://b.example:8443/", "fetch_refused_port"),
        ("https://www.youtube.com/", "youtube_home"),
        ("https://www.youtube.com/playlist?list=RDabcdefghijk", "youtube_private_list"),
    ],
)
def test_what_is_refused_without_a_visit(at: datetime, address: str, code: str) -> None:
    assert _looked(address, at)[0].code == code


def test_a_site_that_is_down(site: HTTPServer, at: datetime, settings: Settings) -> None:
    del site
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{port}"]
    assert _looked(f"http://127.0.0.1:{port}/", at)[0].code == "fetch_connect"


def test_robots_in_trouble_means_no_visit(site: HTTPServer, at: datetime) -> None:
    site.expect_request("/robots.txt").respond_with_data("", status=503)
    row, _ = _looked(site.url_for("/"), at)
    assert [row.code, len(site.log)] == ["status_busy", 1]


def test_robots_is_read_once_a_day(site: HTTPServer, at: datetime) -> None:
    asked: list[str] = []

    def robots(request: Asked) -> Answered:
        asked.append(request.headers["User-Agent"][:9])
        return Answered("User-agent: *\nDisallow: /private/")

    site.expect_request("/robots.txt").respond_with_handler(robots)
    for path in ("/a", "/b", "/private/c"):
        site.expect_request(path).respond_with_data("", status=404)
        _looked(site.url_for(path), at)
    assert asked == ["Altavoz/1"]
    assert [entry[0].path for entry in site.log] == ["/robots.txt", "/a", "/b"]


def test_a_robots_file_that_says_nothing_forbids_nothing(site: HTTPServer, at: datetime) -> None:
    site.expect_request("/robots.txt").respond_with_data("", status=302, headers={"Location": "/robots.txt"})
    site.expect_request("/").respond_with_data("", status=404)
    assert _looked(site.url_for("/"), at)[0].code == "status_missing"


def test_feeds_are_made_for_programs(site: HTTPServer, at: datetime) -> None:
    url = _serve(site, "/feed/", FEED.format(url="https://b.example/"), robots="User-agent: *\nDisallow: /",
                 content_type="application/rss+xml")  # fmt: skip
    assert _looked(url, at)[0].state == "found"


def test_a_slow_site_is_given_up(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovering, "_ALL_S", 0.0)
    assert _looked("https://b.example/", at)[0].code == "took_too_long"


def test_being_led_around_ends(site: HTTPServer, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovering, "_MOST_STEPS", 1)
    assert _looked(_serve(site, "/", "<html>Hola"), at)[0].code == "too_many_steps"


@pytest.mark.parametrize("code", [*_WORDS, *(f"fetch_{reason}" for reason in Reason)])
def test_every_reason_says_what_to_do(code: str) -> None:
    words = str(because(code))
    assert len(words) > 40
    assert words.endswith(".")


def test_an_unknown_reason_is_still_answered() -> None:
    assert str(because("of_a_newer_version")) == str(because("our_fault"))


@pytest.mark.parametrize(
    ("urls", "number", "stage"),
    [
        (["https://b.example/"], 0, "page"),
        (["https://b.example/feed.xml"], 1, "feed"),
        ([f"https://b.example/{n}" for n in range(6)], 1, "places"),
        (["https://www.youtube.com/@lucia"], 0, "channel"),
        (["https://www.youtube.com/watch?v=abcdefghijk"], 0, "video"),
        (["https://www.youtube.com/feeds/videos.xml?channel_id=UC"], 1, "videos"),
    ],
)
def test_steps_have_words(urls: list[str], number: int, stage: str) -> None:
    found = steps.stage_of([Request(url) for url in urls], number)
    assert [found, bool(str(steps.WORDS[found]))] == [stage, True]


@pytest.mark.parametrize(
    ("url", "feed"),
    [("https://b.example/", False), ("https://b.example/a.xml", True), ("https://b.example/blog/feed/", True),
     ("https://p.example/api/v1/videos/x", True), ("https://b.example/feeding", False), ("https://[x/", True)],
)  # fmt: skip
def test_what_is_made_for_programs(url: str, feed: bool) -> None:  # noqa: FBT001 - expected value
    assert steps.is_feed(url) is feed


@pytest.mark.parametrize(
    "wrong",
    [{"state": "asleep"}, {"state": "found"}, {"state": "nothing"}, {"code": "x"}, {"found": {}},
     {"state": "nothing", "code": "x"}],
)  # fmt: skip
def test_the_database_keeps_a_look_consistent(at: datetime, wrong: dict[str, object]) -> None:
    row = actions.ask_discovery(address="https://b.example/", at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Discovery.objects.filter(pk=row.pk).update(**wrong)
