"""What an address is, for each kind of address."""

import pytest

from altavoz.core.fetch import Reason
from altavoz.ingest.discovery import Alternative, Found, Preview
from altavoz.ingest.states import SourceKind
from altavoz.ingest.tests.web import CHANNEL, FEED, LINKED, TUBE, YT, Web, code, play


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


OEMBED = (
    '<html><head><link rel="alternate" type="application/json+oembed" '
    'href="/oembed?url=https://v.example/x"></head></html>'
)


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
