"""RSS 0.9x, 1.0 and 2.0, podcasts and PeerTube's feeds, from a well-formed tree."""

from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing.dates import parse_date
from altavoz.ingest.parsing.drafts import Draft, Opened
from altavoz.ingest.parsing.names import RDF_ABOUT, Element, Node, raw
from altavoz.ingest.parsing.texts import listed, plain, prose
from altavoz.ingest.parsing.values import MAX_SUMMARY, MAX_TITLE, Feed, Format, Kind


def feed_of(root: Element, base: str, form: Format) -> Opened | None:
    """Return the feed, its items unread; None when the tree is no RSS."""
    top = Node(root)
    channel = top.node("channel")
    if channel is None:
        return None
    feed = Feed(
        format=form,
        title=plain(channel.text("title", "dc:title"), MAX_TITLE),
        summary=prose(channel.text("description", "itunes:summary", "itunes:subtitle"), MAX_SUMMARY),
        url=_link(channel, "self", base),
        home_url=addresses.absolute(channel.text("link"), base),
        language=ext.tag(channel.text("language", "dc:language")),
        author=plain(channel.text("itunes:author", "dc:creator", "managingEditor"), 200),
        image_url=_image(channel, base),
        guid=channel.text("podcast:guid"),
        ttl_s=ext.ttl(channel),
        hubs=_hubs(channel, base),
        verifications=ext.verifications(channel),
        older_url=_link(channel, "prev-archive", base) or _link(channel, "next", base),
        moved_to=addresses.absolute(channel.text("itunes:new-feed-url"), base),
    )
    return Opened(
        feed=feed,
        elements=[*channel.all("item"), *top.all("item")],
        draft=lambda item: _draft(Node(item), base),
        raw=raw,
        setting=(root.base, channel.element.base, feed.language),
    )


def _image(channel: Node, base: str) -> str:
    inner = channel.node("image")
    found = channel.attribute("itunes:image", "href") or (inner.text("url") if inner else "")
    return addresses.absolute(found, base)


def _link(channel: Node, rel: str, base: str) -> str:
    for link in channel.all("atom:link"):
        if (link.get("rel") or "").lower() == rel:
            return addresses.absolute(link.get("href") or "", base)
    return ""


def _hubs(channel: Node, base: str) -> tuple[str, ...]:
    found = [link.get("href") or "" for link in channel.all("atom:link") if link.get("rel") == "hub"]
    return tuple(url for href in found if (url := addresses.absolute(href, base)))


def _draft(node: Node, base: str) -> Draft:
    inner = ext.media(node)
    base = node.element.base or base
    media_url, media_type, kind = ext.best_media(_enclosures(node, inner, base))
    guid = node.text("guid") or node.element.get(RDF_ABOUT, "")
    return Draft(
        guid=guid,
        url=_address(node, guid, base),
        title=plain(node.text("title", "dc:title", "media:title", "itunes:title"), MAX_TITLE),
        summary=_summary(node, inner),
        authors=_authors(node),
        date=node.text("pubDate", "dc:date", "dcterms:issued", "dcterms:created"),
        published_at=parse_date(node.text("pubDate", "dc:date", "dcterms:issued", "dcterms:created")),
        updated_at=parse_date(node.text("dcterms:modified", "atom:updated")),
        language=ext.tag(node.text("dc:language")) or ext.language_of(node.element),
        kind=kind or Kind.ARTICLE,
        media_url=media_url,
        media_type=media_type,
        thumbnail_url=ext.thumbnail(node, inner, base),
        duration_s=ext.duration(node, inner),
        captions=ext.captions(node, base),
        topics=listed(node.texts("category", "dc:subject", "media:category", "media:keywords")),
        licence=plain(_licence(node), 200),
    )


def _address(node: Node, guid: str, base: str) -> str:
    links = [node.text("feedburner:origLink"), node.text("link")]
    links += [
        link.get("href") or ""
        for link in node.all("atom:link")
        if link.get("rel", "alternate") == "alternate"
    ]
    permanent = node.attribute("guid", "isPermaLink").lower() != "false"
    if permanent and guid.startswith(("http://", "https://")):
        links.append(guid)
    return next((url for link in links if (url := addresses.absolute(link, base))), "")


def _enclosures(node: Node, inner: Node, base: str) -> list[tuple[str, str]]:
    found = [*node.all("enclosure"), *inner.all("media:content")]
    return [(addresses.absolute(each.get("url") or "", base), each.get("type") or "") for each in found]


def _summary(node: Node, inner: Node) -> str:
    told = node.text("description", "itunes:summary") or inner.text("media:description")
    return prose(told or node.text("content:encoded", "itunes:subtitle"), MAX_SUMMARY)


def _authors(node: Node) -> tuple[str, ...]:
    told = node.texts("dc:creator") or node.texts("itunes:author") or node.texts("author")
    return listed([_person(text) for text in told])


def _person(text: str) -> str:
    # "mail@host (Name)" is how RSS writes a person; the mail address is nobody's business.
    if "@" in text:
        return text.split("(", 1)[1].rsplit(")", 1)[0] if "(" in text else ""
    return text


def _licence(node: Node) -> str:
    return (
        node.text("cc:license", "dcterms:license", "podcast:license", "media:license", "dc:rights")
        or node.attribute("cc:license", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource")
        or node.attribute("media:license", "href")
    )
