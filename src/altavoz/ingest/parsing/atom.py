"""Atom 1.0 (and 0.3), YouTube's included, from a well-formed tree."""

from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing.dates import parse_date
from altavoz.ingest.parsing.drafts import Draft, Opened
from altavoz.ingest.parsing.names import Element, Node, raw
from altavoz.ingest.parsing.texts import listed, plain, prose, unmarked, unmarked_prose
from altavoz.ingest.parsing.values import MAX_SUMMARY, MAX_TITLE, Feed, Format, Kind


def feed_of(root: Element, base: str) -> Opened:
    """Return the feed, its items unread."""
    top = Node(root)
    author = _authors(top)
    here = root.base or base
    feed = Feed(
        format=Format.ATOM,
        title=_text(top, "atom:title"),
        summary=_prose(top, "atom:subtitle") or _prose(top, "atom:tagline"),
        url=_link(top, "self", here),
        home_url=_link(top, "alternate", here),
        language=ext.language_of(root),
        author=author[0] if author else "",
        image_url=addresses.absolute(top.text("atom:logo", "atom:icon"), here),
        guid=top.text("podcast:guid"),
        ttl_s=ext.ttl(top),
        hubs=tuple(_links(top, "hub", here)),
        older_url=_link(top, "prev-archive", here) or _link(top, "next", here),
        verifications=ext.verifications(top),
        deleted=tuple(
            ref for gone in top.all("at:deleted-entry") if (ref := (gone.get("ref") or "").strip())
        ),
    )
    return Opened(
        feed=feed,
        elements=list(top.all("atom:entry")),
        draft=lambda entry: _draft(Node(entry), here, author),
        raw=raw,
        setting=(here, feed.language, author),
    )


def _draft(node: Node, base: str, author: tuple[str, ...]) -> Draft:
    inner = ext.media(node)
    base = node.element.base or base
    video = node.text("yt:videoId")
    media_url, media_type, kind = ext.best_media(_enclosures(node, inner, base))
    published = node.text("atom:published", "atom:issued", "atom:created")
    updated = node.text("atom:updated", "atom:modified")
    return Draft(
        guid=f"yt:video:{video}" if video else node.text("atom:id"),
        url=_link(node, "alternate", base),
        title=_text(node, "atom:title") or plain(inner.text("media:title"), MAX_TITLE),
        summary=_summary(node, inner),
        authors=_authors(node) or author,
        date=published or updated,
        published_at=parse_date(published or updated),
        updated_at=parse_date(updated),
        language=ext.language_of(node.element) or ext.tag(node.text("dc:language")),
        kind=Kind.VIDEO if video else kind or Kind.ARTICLE,
        media_url="" if video else media_url,
        media_type="" if video else media_type,
        thumbnail_url=ext.thumbnail(node, inner, base),
        duration_s=ext.duration(node, inner),
        captions=ext.captions(node, base),
        topics=_topics(node),
        licence=plain(_link(node, "license", base) or node.text("atom:rights"), 200),
    )


def _links(node: Node, rel: str, base: str) -> list[str]:
    found = [link for link in node.all("atom:link") if (link.get("rel") or "alternate").lower() == rel]
    pages_first = sorted(found, key=lambda link: "html" not in (link.get("type") or "html"))
    return [
        url for link in pages_first if (url := addresses.absolute(link.get("href") or "", link.base or base))
    ]


def _link(node: Node, rel: str, base: str) -> str:
    return next(iter(_links(node, rel, base)), "")


def _told(node: Node, name: str) -> tuple[str, bool]:
    """Return what the first such child says, and whether that is markup."""
    for child in node.all(name):
        form = (child.get("type") or "text").lower()
        if form in {"xhtml", "application/xhtml+xml"}:
            return "".join(child.itertext()), False
        return child.text or "", form not in {"text", "text/plain"}
    return "", False


def _text(node: Node, name: str) -> str:
    text, marked = _told(node, name)
    return plain(text, MAX_TITLE) if marked else unmarked(text, MAX_TITLE)


def _prose(node: Node, name: str) -> str:
    text, marked = _told(node, name)
    return prose(text, MAX_SUMMARY) if marked else unmarked_prose(text, MAX_SUMMARY)


def _summary(node: Node, inner: Node) -> str:
    told = _prose(node, "atom:summary") or prose(inner.text("media:description"), MAX_SUMMARY)
    return told or _prose(node, "atom:content")


def _authors(node: Node) -> tuple[str, ...]:
    return listed(
        [Node(author).text("atom:name") for author in node.all("atom:author")] + node.texts("dc:creator")
    )


def _enclosures(node: Node, inner: Node, base: str) -> list[tuple[str, str]]:
    links = [
        (addresses.absolute(link.get("href") or "", link.base or base), link.get("type") or "")
        for link in node.all("atom:link")
        if (link.get("rel") or "").lower() == "enclosure"
    ]
    contents = [(each.get("url") or "", each.get("type") or "") for each in inner.all("media:content")]
    return links + [(addresses.absolute(url, base), media_type) for url, media_type in contents]


def _topics(node: Node) -> tuple[str, ...]:
    told = [each.get("label") or each.get("term") or "" for each in node.all("atom:category")]
    return listed(told + node.texts("dc:subject"))
