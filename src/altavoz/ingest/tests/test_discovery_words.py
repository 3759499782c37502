"""When nothing is found it is told in words, and how we go on from what is."""

import pytest
from pytest_httpserver import HTTPServer

from altavoz.core.fetch import Reason, Redirect, Response
from altavoz.ingest.discovery import Found, NotFound, begin, discover, follow
from altavoz.ingest.discovery.values import Ask, Step
from altavoz.ingest.discovery.words import from_status
from altavoz.ingest.states import SourceKind
from altavoz.ingest.tests.web import CHANNEL, FEED, FILES, LINKED, YT, A, Web, code, play


@pytest.mark.parametrize(
    ("address", "web", "expected"),
    [
        ("  ", {}, "empty"),
        ("hola", {}, "not_an_address"),
        ("ana@correo.example", {}, "not_an_address"),
        ("ftp://a.example/", {}, "not_an_address"),
        (A, {A: Reason.DNS}, "fetch_dns"),
        (A, {A: 404}, "status_missing"),
        (A, {A: 403}, "status_denied"),
        (A, {A: 429}, "status_busy"),
        (A, {A: 502}, "status_error"),
        (A, {A: ("text/html", "<html><title>Hola</title>")}, "no_feed"),
        (A, {A: ("text/html", " ")}, "empty_page"),
        (A, {A: ("text/html", "<!-- -->")}, "not_a_page"),
        (A, {A: ("audio/mpeg", "x")}, "media_file"),
        (A, {A: ("application/pdf", "x")}, "not_a_page"),
        (A, {A: "rss_entity_bomb.xml"}, "feed_entities"),
        ("https://blog.example/", {"https://blog.example/": ("text/html", LINKED)}, "feed_broken"),
        (f"{YT}/", {}, "youtube_home"),
        (f"{YT}/playlist?list=RDabcdefghijk", {}, "youtube_private_list"),
        (f"{YT}/playlist?list=PLabcdefghijk", {}, "youtube_feed"),
        (f"{YT}/channel/{CHANNEL}", {FEED: Reason.TIMEOUT}, "fetch_timeout"),
        (f"{YT}/@nadie", {}, "youtube_channel"),
        (f"{YT}/@nadie", {f"{YT}/@nadie": Reason.CONNECT}, "fetch_connect"),
        (f"{YT}/watch?v=AAAAAAAAAA1", {}, "youtube_video"),
        (f"{YT}/watch?v=AAAAAAAAAA1", {f"{YT}/watch?v=AAAAAAAAAA1": Reason.TLS}, "fetch_tls"),
    ],
)
def test_every_failure_is_told_in_words(address: str, web: Web, expected: str) -> None:
    assert code(play(address, web)) == expected


def test_a_site_without_security_is_tried_where_nobody_asked_for_it() -> None:
    web: Web = {"https://a.example/f": Reason.CONNECT, "http://a.example/f": "rss_plain.xml"}
    found = play("a.example/f", web)
    assert isinstance(found, Found)
    assert found.feed_url == "http://a.example/f"
    assert code(play("https://a.example/f", web)) == "fetch_connect"
    feed = play("feed:http://a.example/f", web)
    assert isinstance(feed, Found)


def test_only_a_move_for_good_changes_the_address() -> None:
    def settled(*statuses: int) -> str:
        step = begin(A)
        assert isinstance(step, Ask)
        redirects = tuple(Redirect(status, "https://n.example/") for status in statuses)
        body = (FILES / "rss_plain.xml").read_bytes()
        found = step.then([Response("https://n.example/", 200, {}, body, redirects, 0.1)])
        assert isinstance(found, Found)
        return found.feed_url

    assert [settled(301, 308), settled(301, 302), settled()] == ["https://n.example/", A, A]


def test_statuses_beyond_the_usual() -> None:
    assert [from_status(status, A).code for status in (410, 503, 401, 500)] == [
        *("status_missing", "status_busy", "status_denied"),
        "status_error",
    ]


def test_discovering_on_the_real_network_stack(site: HTTPServer) -> None:
    site.expect_request("/").respond_with_data(LINKED, content_type="text/html")
    for path, name in (
        ("/comments/feed", "rss_empty.xml"),
        ("/empty", "rss_empty.xml"),
        ("/feed", "atom_plain.xml"),
    ):
        site.expect_request(path).respond_with_data((FILES / name).read_bytes(), content_type="text/xml")
    found = discover(site.url_for("/"))
    assert isinstance(found, Found)
    assert found.feed_url == site.url_for("/feed")
    assert isinstance(discover("hola"), NotFound)


def test_a_site_that_leads_around_is_left() -> None:
    def again(_: object) -> Step:
        return Ask((), again)

    assert code(follow(Ask((), again), A)) == "too_many_steps"


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (f"channel_id={CHANNEL}", SourceKind.YOUTUBE_CHANNEL),
        ("playlist_id=PLabcdefghijk", SourceKind.YOUTUBE_PLAYLIST),
    ],
)
def test_a_page_may_lead_to_a_feed_of_youtube(query: str, kind: SourceKind) -> None:
    feed = f"{YT}/feeds/videos.xml?{query}"
    html = f'<html><head><link rel="alternate" type="application/rss+xml" href="{feed}"></head></html>'
    found = play(
        "https://blog.example/", {"https://blog.example/": ("text/html", html), feed: "youtube_channel.xml"}
    )
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url) == (kind, feed)
