"""Feeds, read back by other programs."""

import json
import string
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from altavoz.promotion.feeds import (
    CONTENT_TYPES,
    Author,
    Enclosure,
    Feed,
    FeedItem,
    Outline,
    atom,
    json_feed,
    opml,
    rss,
    tag_uri,
)

Writer = Callable[[Feed, Iterable[FeedItem]], Iterator[str]]
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEED = Feed(
    id=tag_uri("altavoz.example", date(2026, 1, 1), "feeds/ar"),
    title="أعمال & more",
    description="بالعربية",
    language="ar",
    home_url="https://altavoz.example/ar/?a=1&b=2",
    self_url="https://altavoz.example/ar/feed",
    updated_at=datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC),
    next_url="https://altavoz.example/ar/feed?before=7",
    hub_url="https://hub.example/",
    icon_url="https://altavoz.example/icon.png",
)
FULL = FeedItem(
    id=tag_uri("altavoz.example", date(2026, 1, 1), "works/42"),
    url="https://altavoz.example/ar/works/42-x/",
    title="<Python> & \x00 للمبتدئين",
    language="ar",
    published_at=datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=3))),
    updated_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    summary="ملخص <b>",
    content_html='<p>نص <a href="https://a.example/?x=1&amp;y=2">رابط</a></p>',
    authors=(Author(name="ليلى", url="https://laila.example/"), Author(name='O\'Neil "&"')),
    topics=("asyncio", "علم البيانات"),
    image="https://altavoz.example/media/42.webp",
    enclosure=Enclosure(url="https://cdn.example/42.mp3", media_type="audio/mpeg", length=1234),
)
BARE = FeedItem(
    id=tag_uri("altavoz.example", date(2026, 1, 1), "works/43"),
    url="https://altavoz.example/ar/works/43-y/",
    title="日本語",
    language="ja",
    published_at=datetime(2026, 3, 3, tzinfo=UTC),
    updated_at=datetime(2026, 3, 3, tzinfo=UTC),
)
BARE_FEED = Feed(
    id="tag:x", title="T", description="", language="", home_url="https://h.example/", self_url="",
    updated_at=FEED.updated_at,
)  # fmt: skip


def _text(writer: Writer, feed: Feed = FEED, items: Iterable[FeedItem] = (FULL, BARE)) -> str:
    return "".join(writer(feed, items))


def test_ids_are_stable() -> None:
    assert FULL.id == "tag:altavoz.example,2026-01-01:works/42"


@pytest.mark.parametrize(("writer", "version"), [(atom, "atom10"), (rss, "rss20")])
def test_a_reader_understands_it(writer: Writer, version: str) -> None:
    read = feedparser.parse(_text(writer).encode(), response_headers={"content-type": CONTENT_TYPES["atom"]})
    assert (read.bozo, read.version) == (False, version)
    assert (read.feed.title, read.feed.language, read.feed.link) == (FEED.title, "ar", FEED.home_url)
    assert {link.rel: link.href for link in read.feed.links if link.rel != "alternate"} == {
        "self": FEED.self_url,
        "next": FEED.next_url,
        "hub": FEED.hub_url,
    }
    full, bare = read.entries
    assert (full.id, full.link, bare.id) == (FULL.id, FULL.url, BARE.id)
    assert [author.name for author in full.authors] == ["ليلى", 'O\'Neil "&"']
    assert full.published_parsed[:5] == (2026, 3, 1, 9, 0)
    assert [tag.term for tag in full.tags] == list(FULL.topics)
    assert full.content[0].value == FULL.content_html
    assert (full.enclosures[0].href, full.enclosures[0].length) == ("https://cdn.example/42.mp3", "1234")


def test_atom_says_the_language_of_feed_and_items() -> None:
    root = etree.fromstring(_text(atom).encode())
    assert [node.get(LANG) for node in (root, *root.iterfind("{*}entry"))] == ["ar", "ar", "ja"]
    assert root.findtext("{*}entry/{*}title") == "<Python> &  للمبتدئين"
    assert root.findtext("{*}entry/{*}updated") == "2026-03-02T09:30:00Z"


def test_rss_says_the_language_of_feed_and_items() -> None:
    root = etree.fromstring(_text(rss).encode())
    assert root.findtext("channel/language") == "ar"
    assert [node.text for node in root.iterfind("channel/item/{*}language")] == ["ar", "ja"]
    assert root.findtext("channel/item/pubDate") == "Sun, 01 Mar 2026 09:00:00 GMT"


def test_json_feed() -> None:
    read = json.loads(_text(json_feed))
    items = read.pop("items")
    assert read == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": FEED.title,
        "home_page_url": FEED.home_url,
        "feed_url": FEED.self_url,
        "description": FEED.description,
        "language": "ar",
        "next_url": FEED.next_url,
        "icon": FEED.icon_url,
        "hubs": [{"type": "WebSub", "url": FEED.hub_url}],
    }
    assert items[0]["authors"] == [
        {"name": "ليلى", "url": "https://laila.example/"},
        {"name": 'O\'Neil "&"'},
    ]
    assert items[0]["attachments"] == [
        {"url": "https://cdn.example/42.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 1234}
    ]
    assert items[1] == {
        "id": BARE.id,
        "url": BARE.url,
        "title": "日本語",
        "content_text": "日本語",
        "date_published": "2026-03-03T00:00:00Z",
        "date_modified": "2026-03-03T00:00:00Z",
        "language": "ja",
    }


def test_opml() -> None:
    outlines = [
        Outline(
            title="Español & más",
            feed_url="https://a.example/es",
            home_url="https://a.example/",
            language="es",
        ),
        Outline(title="", feed_url="https://a.example/pt"),
    ]
    root = etree.fromstring("".join(opml("Altavoz", outlines)).encode())
    assert root.findtext("head/title") == "Altavoz"
    assert [dict(node.attrib) for node in root.iterfind("body/outline")] == [
        {
            "type": "rss",
            "text": "Español & más",
            "title": "Español & más",
            "xmlUrl": "https://a.example/es",
            "htmlUrl": "https://a.example/",
            "language": "es",
        },
        {"type": "rss", "text": "https://a.example/pt", "xmlUrl": "https://a.example/pt"},
    ]


@pytest.mark.parametrize("writer", [atom, rss, json_feed])
def test_an_empty_feed_is_valid(writer: Writer) -> None:
    read = feedparser.parse(_text(writer, BARE_FEED, ())) if writer is not json_feed else None
    assert read is None or (read.bozo, read.entries) == (False, [])
    assert json.loads(_text(json_feed, BARE_FEED, ()))["items"] == []


@pytest.mark.parametrize("writer", [atom, rss, json_feed])
def test_the_same_items_give_the_same_bytes_item_by_item(writer: Writer) -> None:
    assert _text(writer) == _text(writer)
    asked: list[str] = []
    pieces = writer(FEED, (asked.append(item.id) or item for item in (FULL, BARE)))  # type: ignore[func-returns-value]
    while not asked:
        next(pieces)
    assert asked == [FULL.id]


ANY = st.text(st.characters(codec=None), max_size=30) | st.text(string.printable + "\ud800\ufffe<&]\"'")


@given(title=ANY, summary=ANY, name=ANY, topic=ANY)
def test_no_text_breaks_a_feed(title: str, summary: str, name: str, topic: str) -> None:
    item = FeedItem(
        id="tag:x", url="https://a.example/", title=title, language="es", summary=summary,
        content_html=summary, published_at=FULL.published_at, updated_at=FULL.updated_at,
        authors=(Author(name=name, url=topic),), topics=(topic,),
    )  # fmt: skip
    for writer in (atom, rss):
        etree.fromstring(_text(writer, FEED, (item,)).encode())
    assert "\\u00" not in _text(json_feed, FEED, (item,)).replace("\\\\", "")
    json.loads(_text(json_feed, FEED, (item,)).encode())
    etree.fromstring("".join(opml(title, [Outline(title=name, feed_url=topic)])).encode())
