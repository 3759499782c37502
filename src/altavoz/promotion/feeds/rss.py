"""RSS 2.0, with the language of each item as dc:language."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

from altavoz.promotion.feeds import xml
from altavoz.promotion.feeds.items import Feed, FeedItem

_SPACES = {
    "xmlns_atom": "http://www.w3.org/2005/Atom",
    "xmlns_content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns_dc": "http://purl.org/dc/elements/1.1/",
    "xmlns_media": "http://search.yahoo.com/mrss/",
}


def rss(feed: Feed, items: Iterable[FeedItem]) -> Iterator[str]:
    """Write the feed, item by item."""
    yield xml.HEAD
    yield xml.opening("rss", version="2.0", **_SPACES)
    yield f"<channel>\n{_head(feed)}"
    for item in items:
        yield _item(item)
    yield "</channel>\n</rss>\n"


def _head(feed: Feed) -> str:
    links = {"self": feed.self_url, "next": feed.next_url, "hub": feed.hub_url}
    return "".join(
        (
            xml.element("title", feed.title),
            xml.element("link", feed.home_url),
            xml.element("description", feed.description or feed.title),
            xml.optional("language", feed.language),
            xml.element("lastBuildDate", _moment(feed.updated_at)),
            *(xml.element("atom:link", rel=rel, href=href) for rel, href in links.items() if href),
            _image(feed),
        )
    )


def _image(feed: Feed) -> str:
    if not feed.icon_url:
        return ""
    parts = {"url": feed.icon_url, "title": feed.title, "link": feed.home_url}
    return f"<image>\n{''.join(xml.element(name, text) for name, text in parts.items())}</image>\n"


def _item(item: FeedItem) -> str:
    return "".join(
        (
            xml.opening("item"),
            xml.element("guid", item.id, isPermaLink="false"),
            xml.element("title", item.title),
            xml.element("link", item.url),
            xml.element("pubDate", _moment(item.published_at)),
            xml.optional("dc:language", item.language),
            *(xml.element("dc:creator", author.name) for author in item.authors),
            *(xml.element("category", topic) for topic in item.topics),
            xml.optional("description", item.summary),
            xml.optional("content:encoded", item.content_html),
            xml.element("media:thumbnail", url=item.image) if item.image else "",
            _enclosure(item),
            "</item>\n",
        )
    )


def _enclosure(item: FeedItem) -> str:
    if item.enclosure is None:
        return ""
    file = item.enclosure
    return xml.element("enclosure", url=file.url, length=str(file.length), type=file.media_type)


def _moment(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)
