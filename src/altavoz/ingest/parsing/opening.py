"""Opens a document: what kind of feed it is, what it says of itself, and its items before they are read."""

from dataclasses import replace

from altavoz.ingest.parsing import atom, document, jsonfeed, lenient, oembed, peertube, rss
from altavoz.ingest.parsing.drafts import Draft, Opened
from altavoz.ingest.parsing.encoding import decode
from altavoz.ingest.parsing.names import Element, short
from altavoz.ingest.parsing.values import Feed, Format, Item, NotAFeed, Refused, Repair


def open_feed(body: bytes, content_type: str, url: str) -> Opened | NotAFeed:
    """Return the feed that the bytes hold, its items unread, or why they hold none."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return _json(body, content_type, url)
    found = document.read(body, content_type, url)
    if isinstance(found, Refused):
        return NotAFeed(reason=found)
    if found.root is not None:
        return _told(_from_tree(found.root, url), found.repairs, Refused.NOT_A_FEED)
    repairs = (*found.repairs, Repair.NOT_WELL_FORMED)
    if document.mentions_entities(found.text):
        return NotAFeed(reason=Refused.ENTITIES, repairs=repairs)
    return _told(lenient.feed_of(found.text, url), repairs, Refused.UNREADABLE)


def _json(body: bytes, content_type: str, url: str) -> Opened | NotAFeed:
    text, honest = decode(body, content_type)
    repairs = () if honest else (Repair.ENCODING,)
    told = jsonfeed.loads(text)
    if video := peertube.video_of(told, url):
        return _single(Format.PEERTUBE, video, repairs)
    if page := oembed.item_of(told, url):
        return _single(Format.OEMBED, page, repairs)
    return _told(jsonfeed.feed_of(told, url), repairs, Refused.NOT_A_FEED)


def _single(form: Format, item: Item, repairs: tuple[Repair, ...]) -> Opened:
    return Opened(
        feed=Feed(format=form, title=item.title, items=(item,), repairs=repairs),
        elements=(),
        draft=_nothing,
    )


def _nothing(element: Element) -> Draft:
    raise LookupError(element)  # pragma: no cover - a document of one item has no elements to be read


def _from_tree(root: Element, url: str) -> Opened | None:
    name = short(root.tag)
    if name == "atom:feed":
        return atom.feed_of(root, url)
    if name == "rss":
        return rss.feed_of(root, url, Format.RSS)
    return rss.feed_of(root, url, Format.RDF) if name == "rdf:RDF" else None


def _told(opened: Opened | None, repairs: tuple[Repair, ...], otherwise: Refused) -> Opened | NotAFeed:
    if opened is None:
        return NotAFeed(reason=otherwise, repairs=repairs)
    return replace(opened, feed=replace(opened.feed, repairs=repairs)) if repairs else opened
