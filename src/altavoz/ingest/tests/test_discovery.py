"""What an address is: each kind, and each failure in words."""

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from altavoz.core.fetch import Failure, Reason, Redirect, Response
from altavoz.ingest.discovery import Alternative, Found, NotFound, Preview, begin, discover, follow
from altavoz.ingest.discovery.values import Ask, Step
from altavoz.ingest.discovery.words import from_status
from altavoz.ingest.states import SourceKind

FILES = Path(__file__).parent / "files"
CHANNEL = "UC" + "a" * 22
YT = "https://www.youtube.com"
FEED = f"{YT}/feeds/videos.xml?channel_id={CHANNEL}"
Web = dict[str, str | int | Reason | tuple[str, str]]


def play(address: str, web: Web) -> Found | NotFound:
    """Discover with a web of our own: file names, statuses, failures, or (content type, text) by address."""
    step: Step = begin(address)
    for _ in range(9):
        if not isinstance(step, Ask):
            return step
        step = step.then([answer(request.url, web) for request in step.requests])
    raise AssertionError(address)


def answer(url: str, web: Web) -> Response | Failure:
    told = web.get(url, 404)
    if isinstance(told, Reason):
        return Failure(url, told, "")
    if isinstance(told, int):
        return Response(url, told, {}, b"", (), 0.1)
    if isinstance(told, tuple):
        return Response(url, 200, {"content-type": told[0]}, told[1].encode(), (), 0.1)
    kind = "text/html" if told.endswith(".html") else "application/xml"
    return Response(url, 200, {"content-type": kind}, (FILES / told).read_bytes(), (), 0.1)


@pytest.mark.parametrize(
    ("address", "web"),
    [
        (f"{YT}/channel/{CHANNEL}/videos", {FEED: "youtube_channel.xml"}),
        (FEED, {FEED: "youtube_channel.xml"}),
        (f"{YT}/@Serpientes", {f"{YT}/@serpientes": "youtube_channel.html", FEED: "youtube_channel.xml"}),
        (
            "youtube.com/c/Serpientes",
            {f"{YT}/c/Serpientes": "youtube_channel.html", FEED: "youtube_channel.xml"},
        ),
        (
            f"{YT}/user/Serpientes",
            {f"{YT}/user/Serpientes": "youtube_channel.html", FEED: "youtube_channel.xml"},
        ),
        (f"{YT}/Serpientes", {f"{YT}/Serpientes": "youtube_channel.html", FEED: "youtube_channel.xml"}),
    ],
)
def test_every_form_of_a_channel_is_the_channel(address: str, web: Web) -> None:
    found = play(address, web)
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.address, found.title, found.total, found.language) == (
        SourceKind.YOUTUBE_CHANNEL,
        FEED,
        f"{YT}/channel/{CHANNEL}",
        "Serpientes en Vivo",
        1,
        "es",
    )
    assert [each.title for each in found.items] == ["Decoradores sin dolor"]
    assert found.confidence > 0.5


def test_a_channel_is_found_even_while_youtube_hides_its_list() -> None:
    found = play(f"{YT}/@serpientes", {f"{YT}/@serpientes": "youtube_channel.html", FEED: 500})
    assert isinstance(found, Found)
    assert (found.feed_url, found.title, found.items) == (FEED, "Serpientes en Vivo", ())


def test_a_playlist_is_its_feed() -> None:
    feed = f"{YT}/feeds/videos.xml?playlist_id=PLabcdefghijk"
    found = play(f"{YT}/playlist?list=PLabcdefghijk", {feed: "youtube_channel.xml"})
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.address) == (
        SourceKind.YOUTUBE_PLAYLIST,
        feed,
        f"{YT}/playlist?list=PLabcdefghijk",
    )


def test_a_video_is_one_work_and_its_channel_is_one_tap_away() -> None:
    page = f"{YT}/watch?v=AAAAAAAAAA1"
    found = play("https://youtu.be/AAAAAAAAAA1?si=x", {page: "youtube_watch.html"})
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.title, found.author) == (
        SourceKind.PAGE,
        page,
        "Decoradores sin dolor",
        "Serpientes en Vivo",
    )
    home = f"{YT}/channel/{CHANNEL}"
    assert found.alternatives == (
        Alternative(kind=SourceKind.YOUTUBE_CHANNEL, title="Serpientes en Vivo", address=home),
    )


def test_a_feed_is_shown_with_its_newest_works() -> None:
    found = play("feed://pandas.example/feed/", {"https://pandas.example/feed/": "rss_plain.xml"})
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.address, found.declared_language, found.language) == (
        SourceKind.FEED,
        "https://pandas.example/feed/",
        "https://pandas.example/",
        "pt-BR",
        "pt",
    )
    assert found.items[0].title == "Agrupar com groupby: List<int> & mais"
    assert found.items[1] == Preview(title="Só guid", url="https://pandas.example/so-guid")


def test_a_podcast_is_told_from_a_blog() -> None:
    found = play("https://radio.example/feed", {"https://radio.example/feed": "podcast.xml"})
    assert isinstance(found, Found)
    assert (found.kind, found.podcast_guid, found.verifications) == (
        SourceKind.PODCAST,
        "9b024349-ccf0-5f69-a609-6b82873eab3c",
        ("altavoz-0123456789abcdef",),
    )


def test_a_json_feed_is_a_feed() -> None:
    found = play("https://nido.example/feed.json", {"https://nido.example/feed.json": "jsonfeed_1_1.json"})
    assert isinstance(found, Found)
    assert (found.kind, found.title, found.total) == (SourceKind.FEED, "Nido de pitones", 2)


LINKED = """<html lang="es"><head><title>Blog</title>
 <link rel="alternate" type="application/rss+xml" title="Comentarios" href="/comments/feed">
 <link rel="alternate" type="application/rss+xml" href="/empty">
 <link rel="alternate" type="application/atom+xml" href="/feed"></head></html>"""


def test_the_feed_of_a_blog_is_found_by_its_link_comments_and_empty_ones_last() -> None:
    web: Web = {
        "https://blog.example/": ("text/html", LINKED),
        "https://blog.example/comments/feed": "rss_spanish_dates.xml",
        "https://blog.example/empty": "rss_empty.xml",
        "https://blog.example/feed": "atom_plain.xml",
    }
    found = play("blog.example/", web)
    assert isinstance(found, Found)
    assert (found.feed_url, found.title) == ("https://blog.example/feed", "Culebras y cafés")
    assert [other.address for other in found.alternatives] == [
        "https://blog.example/empty",
        "https://blog.example/comments/feed",
    ]


def test_an_article_is_one_work_and_its_blog_is_one_tap_away() -> None:
    web: Web = {
        "https://blog.example/2025/tipos": "article.html",
        "https://blog.example/sub/feed.xml": "atom_plain.xml",
    }
    found = play("https://blog.example/2025/tipos", web)
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.language) == (
        SourceKind.PAGE,
        "https://blog.example/2025/tipos/",
        "es",
    )
    assert found.alternatives == (
        Alternative(
            kind=SourceKind.FEED, title="Culebras y cafés", address="https://blog.example/sub/feed.xml"
        ),
    )


def test_feeds_are_looked_for_where_sites_keep_them() -> None:
    html = ("text/html", "<html><head><title>Blog</title></head></html>")
    web: Web = {"https://blog.example/es": html, "https://blog.example/atom.xml": "atom_plain.xml"}
    found = play("https://blog.example/es", web)
    assert isinstance(found, Found)
    assert found.feed_url == "https://blog.example/atom.xml"


def test_a_plain_page_with_a_description_is_a_work() -> None:
    html = (
        '<html lang="es"><head><title>Curso</title><meta name="description" content="De cero"></head></html>'
    )
    found = play("https://blog.example/curso", {"https://blog.example/curso": ("text/html", html)})
    assert isinstance(found, Found)
    assert (found.kind, found.title) == (SourceKind.PAGE, "Curso")


OEMBED = '<html><head><link rel="alternate" type="application/json+oembed" href="/oembed?url=https://v.example/x"></head></html>'


def test_a_page_that_says_nothing_may_say_it_by_oembed() -> None:
    told = '{"type": "video", "title": "Charla &amp; café", "author_name": "Eva"}'
    web: Web = {
        "https://v.example/x": ("text/html", OEMBED),
        "https://v.example/oembed?url=https://v.example/x": ("application/json", told),
    }
    found = play("https://v.example/x", web)
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.address, found.title, found.author) == (
        SourceKind.PAGE,
        "https://v.example/oembed?url=https://v.example/x",
        "https://v.example/x",
        "Charla & café",
        "Eva",
    )
    for bad in (
        ("application/json", "{"),
        ("application/json", "[]"),
        ("application/json", '{"title": 3}'),
        500,
    ):
        assert (
            code(play("https://v.example/x", web | {"https://v.example/oembed?url=https://v.example/x": bad}))
            == "no_feed"
        )


TUBE = "https://tube.example"


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/c/jardin/videos", "/feeds/videos.xml?videoChannelName=jardin"),
        ("/video-channels/jardin@otra.example", "/feeds/videos.xml?videoChannelName=jardin%40otra.example"),
        ("/a/eva/video-channels", "/feeds/videos.xml?accountName=eva"),
        ("/", "/feeds/videos.xml"),
    ],
)
def test_peertube_channels_accounts_and_sites(path: str, feed: str) -> None:
    found = play(TUBE + path, {TUBE + path: "peertube_page.html", TUBE + feed: "peertube_channel.xml"})
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.address, found.title, found.summary) == (
        SourceKind.PEERTUBE,
        TUBE + feed,
        TUBE + path,
        "Python au jardin",
        "Des plantes",
    )


def test_a_video_on_peertube_is_read_from_its_interface() -> None:
    page, api = f"{TUBE}/w/4c7uFgnNsUJ8Nf", f"{TUBE}/api/v1/videos/4c7uFgnNsUJ8Nf"
    found = play(page, {page: "peertube_page.html", api: "peertube_video.json"})
    assert isinstance(found, Found)
    assert (found.kind, found.feed_url, found.title, found.author, found.items[0].language) == (
        SourceKind.PEERTUBE,
        api,
        "Les générateurs",
        "Python au jardin",
        "fr",
    )
    assert code(play(page, {page: "peertube_page.html"})) == "peertube"
    assert code(play(page, {page: "peertube_page.html", api: Reason.TIMEOUT})) == "fetch_timeout"


def test_a_feed_of_peertube_is_known_by_its_path() -> None:
    url = f"{TUBE}/feeds/videos.xml?videoChannelId=3"
    found = play(url, {url: "peertube_channel.xml"})
    assert isinstance(found, Found)
    assert found.kind is SourceKind.PEERTUBE


def code(found: Found | NotFound) -> str:
    assert isinstance(found, NotFound), found
    assert len(str(found.reason)) > 30
    return found.code


A = "https://a.example/x"


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
