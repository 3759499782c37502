"""From bytes to values: feeds of every kind, and pages; pure, no network and no database."""

import dataclasses

from altavoz.ingest.parsing import atom, document, jsonfeed, lenient, oembed, peertube, rss
from altavoz.ingest.parsing.drafts import Draft, items_of
from altavoz.ingest.parsing.encoding import decode
from altavoz.ingest.parsing.names import Element, short
from altavoz.ingest.parsing.page import page_of
from altavoz.ingest.parsing.values import (
    Caption,
    Feed,
    Format,
    Item,
    Kind,
    Link,
    NotAFeed,
    Page,
    Refused,
    Repair,
)

__all__ = [
    "Caption",
    "Feed",
    "Format",
    "Item",
    "Kind",
    "Link",
    "NotAFeed",
    "Page",
    "Refused",
    "Repair",
    "page_of",
    "read_feed",
]


def read_feed(body: bytes, *, content_type: str = "", url: str = "") -> Feed | NotAFeed:
    """Return the feed that the bytes hold, or why they hold none."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return _json(body, content_type, url)
    found = document.read(body, content_type, url)
    if isinstance(found, Refused):
        return NotAFeed(reason=found)
    if found.root is not None:
        return _finish(_from_tree(found, url), found.repairs, Refused.NOT_A_FEED)
    repairs = (*found.repairs, Repair.NOT_WELL_FORMED)
    if document.mentions_entities(found.text):
        return NotAFeed(reason=Refused.ENTITIES, repairs=repairs)
    return _finish(lenient.feed_of(found.text, url), repairs, Refused.UNREADABLE)


def _json(body: bytes, content_type: str, url: str) -> Feed | NotAFeed:
    text, honest = decode(body, content_type)
    repairs = () if honest else (Repair.ENCODING,)
    told = jsonfeed.loads(text)
    if video := peertube.video_of(told, url):
        return Feed(format=Format.PEERTUBE, title=video.title, items=(video,), repairs=repairs)
    if page := oembed.item_of(told, url):
        return Feed(format=Format.OEMBED, title=page.title, items=(page,), repairs=repairs)
    return _finish(jsonfeed.feed_of(told, url), repairs, Refused.NOT_A_FEED)


def _from_tree(found: document.Document, url: str) -> tuple[Feed, list[Draft]] | None:
    root: Element = found.root
    name = short(root.tag)
    if name == "atom:feed":
        return atom.feed_of(root, url)
    if name == "rss":
        return rss.feed_of(root, url, Format.RSS)
    return rss.feed_of(root, url, Format.RDF) if name == "rdf:RDF" else None


def _finish(
    read: tuple[Feed, list[Draft]] | None, repairs: tuple[Repair, ...], otherwise: Refused
) -> Feed | NotAFeed:
    if read is None:
        return NotAFeed(reason=otherwise, repairs=repairs)
    feed, drafts = read
    items, more = items_of(drafts)
    return dataclasses.replace(feed, items=items, repairs=tuple(sorted({*repairs, *more})))
