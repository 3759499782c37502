"""Atom (RFC 4287)."""

from collections.abc import Iterable, Iterator

from altavoz.promotion.feeds import xml
from altavoz.promotion.feeds.items import Author, Feed, FeedItem


def atom(feed: Feed, items: Iterable[FeedItem]) -> Iterator[str]:
    """Write the feed, item by item; feed and items carry their language as xml:lang."""
    yield xml.HEAD
    yield xml.opening("feed", xmlns="http://www.w3.org/2005/Atom", xml_lang=feed.language)
    yield _head(feed)
    for item in items:
        yield _entry(item)
    yield "</feed>\n"


def _head(feed: Feed) -> str:
    links = {"self": feed.self_url, "next": feed.next_url, "hub": feed.hub_url}
    return "".join(
        (
            xml.element("id", feed.id),
            xml.element("title", feed.title),
            xml.optional("subtitle", feed.description),
            xml.element("updated", xml.moment(feed.updated_at)),
            _author(Author(name=feed.title, url=feed.home_url)),
            xml.element("link", rel="alternate", type="text/html", href=feed.home_url),
            *(xml.element("link", rel=rel, href=href) for rel, href in links.items() if href),
            xml.optional("icon", feed.icon_url),
        )
    )


def _entry(item: FeedItem) -> str:
    return "".join(
        (
            xml.opening("entry", xml_lang=item.language),
            xml.element("id", item.id),
            xml.element("title", item.title),
            xml.element("link", rel="alternate", type="text/html", href=item.url),
            xml.element("published", xml.moment(item.published_at)),
            xml.element("updated", xml.moment(item.updated_at)),
            *map(_author, item.authors),
            *(xml.element("category", term=topic) for topic in item.topics),
            xml.optional("summary", item.summary),
            xml.optional("content", item.content_html, type="html"),
            _enclosure(item),
            "</entry>\n",
        )
    )


def _author(author: Author) -> str:
    inside = xml.element("name", author.name) + xml.optional("uri", author.url)
    return f"{xml.opening('author')}{inside}</author>\n"


def _enclosure(item: FeedItem) -> str:
    if item.enclosure is None:
        return ""
    file = item.enclosure
    length = str(file.length or "")
    return xml.element("link", rel="enclosure", type=file.media_type, length=length, href=file.url)
