"""A web page: Open Graph, JSON-LD, oEmbed and feed links, rel=canonical, rel=me, YouTube's own metadata."""

import json
import re

from lxml import etree
from lxml import html as lxml_html

from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing import jsonld
from altavoz.ingest.parsing.dates import parse_date, parse_duration
from altavoz.ingest.parsing.encoding import decode
from altavoz.ingest.parsing.names import Element
from altavoz.ingest.parsing.texts import listed, plain, prose
from altavoz.ingest.parsing.values import MAX_KEY, MAX_SUMMARY, MAX_TITLE, Item, Json, Kind, Link, Page

FEED_TYPES = frozenset(
    [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/json",
        "application/xml",
        "text/xml",
    ]
)
_OEMBED_TYPES = frozenset(("application/json+oembed", "text/json+oembed"))
_CHANNEL_METADATA = re.compile(
    r'"channelMetadataRenderer":\{"title":("(?:[^"\\]|\\.){0,400}"),"description":("(?:[^"\\]|\\.){0,8000}")'
)
_CHANNEL_ID = re.compile(r'"(?:externalId|channelId|browseId)":"(UC[\w-]{22})"')
_MAX_SCRIPT = 500_000


def page_of(body: bytes, content_type: str, url: str) -> Page | None:
    """Return what the page tells of itself, or None when it cannot be read as HTML."""
    text, _ = decode(body, content_type)
    try:
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text) or "<p>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return _Reader(root, text, url).page()


class _Reader:
    """One page while it is read: its links and metadata by name, the first one winning."""

    def __init__(self, root: Element, text: str, url: str) -> None:
        self.root, self.text, self.url = root, text, url
        base = next((found for found in root.xpath("//head/base/@href")), "")
        self.base = addresses.absolute(base, url) or url
        self.meta: dict[str, str] = {}
        self.tags: list[str] = []
        for node in root.iter("meta"):
            self._keep(node)
        self.links = [link for link in root.iter("link") if link.get("href")]
        self.work = jsonld.work_of(self._scripts())

    def _keep(self, node: Element) -> None:
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = (node.get("content") or "").strip()
        if name and content:
            self.meta.setdefault(name, content)
            if name in {"article:tag", "og:video:tag", "video:tag"}:
                self.tags.append(content)

    def _scripts(self) -> list[Json]:
        return [
            _loads(script.text[:_MAX_SCRIPT])
            for script in self.root.iter("script")
            if (script.get("type") or "").lower().strip() == "application/ld+json" and script.text
        ]

    def page(self) -> Page:
        channel_id, channel_title, about = self._youtube()
        title = self._title()
        return Page(
            url=self.url,
            canonical_url=addresses.preferred(self.url, self._canonical()),
            title=plain(channel_title, MAX_TITLE) or title,
            summary=prose(about, MAX_SUMMARY) or self._summary(),
            site_name=plain(self.meta.get("og:site_name"), MAX_TITLE),
            language=self._language(),
            platform=self.meta.get("og:platform", "").lower() or self.meta.get("generator", "").lower()[:100],
            item=self._item(title),
            is_work=self._kind() is not None,
            feeds=self._alternates(FEED_TYPES),
            oembed=self._alternates(_OEMBED_TYPES),
            hubs=self._hrefs("hub"),
            rel_me=self._rel_me(),
            verifications=self._verifications(),
            channel_id=channel_id,
            channel_title=plain(channel_title, MAX_TITLE),
        )

    def _canonical(self) -> str:
        return next(iter(self._hrefs("canonical")), "") or self.meta.get("og:url", "")

    def _hrefs(self, rel: str) -> tuple[str, ...]:
        found = [link.get("href") for link in self.links if rel in (link.get("rel") or "").lower().split()]
        return tuple(url for href in found if (url := addresses.absolute(href, self.base)))

    def _alternates(self, types: frozenset[str]) -> tuple[Link, ...]:
        found: dict[str, Link] = {}
        for link in self.links:
            media_type = (link.get("type") or "").split(";")[0].strip().lower()
            rels = (link.get("rel") or "").lower().split()
            url = addresses.absolute(link.get("href"), self.base)
            if url and media_type in types and "alternate" in rels and "stylesheet" not in rels:
                found.setdefault(
                    url, Link(url=url, title=plain(link.get("title"), 200), media_type=media_type)
                )
        return tuple(found.values())

    def _rel_me(self) -> tuple[str, ...]:
        """Return back-links; those a site marks as written by its visitors prove nothing."""
        found: list[str] = []
        for node in self.root.iter("a", "link"):
            rels = (node.get("rel") or "").lower().split()
            if (
                "me" in rels
                and "ugc" not in rels
                and (url := addresses.absolute(node.get("href") or "", self.base))
            ):
                found.append(url)
        return tuple(dict.fromkeys(found))

    def _verifications(self) -> tuple[str, ...]:
        return tuple(
            value
            for name, value in self.meta.items()
            if name in {"altavoz-verification", "altavoz-site-verification"}
        )

    def _title(self) -> str:
        told = self.meta.get("og:title") or self.work.title or self.meta.get("twitter:title")
        return plain(told or self.root.findtext(".//title") or self.root.findtext(".//h1"), MAX_TITLE)

    def _summary(self) -> str:
        told = self.work.summary or self.meta.get("og:description") or self.meta.get("description")
        return prose(told, MAX_SUMMARY)

    def _language(self) -> str:
        if addresses.is_youtube(self.url):
            return ""  # that of YouTube's own buttons, chosen for the visitor
        told = self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang")
        return (
            ext.tag(self.work.language)
            or ext.tag(told)
            or ext.tag(self.meta.get("og:locale", "").replace("_", "-"))
        )

    def _youtube(self) -> tuple[str, str, str]:
        if not addresses.is_youtube(self.url):
            return "", "", ""
        found = _CHANNEL_ID.search(self.text)
        channel = self.meta.get("channelid") or self.meta.get("identifier") or (found[1] if found else "")
        about = _CHANNEL_METADATA.search(self.text)
        if about is None:
            return channel, "", ""
        return channel, str(_loads(about[1]) or ""), str(_loads(about[2]) or "")

    def _kind(self) -> Kind | None:
        form = self.meta.get("og:type", "").lower()
        if self.work.kind or addresses.youtube_video(self.url):
            return self.work.kind or Kind.VIDEO
        if form.startswith("video"):
            return Kind.VIDEO
        return Kind.ARTICLE if form == "article" or "article:published_time" in self.meta else None

    def _item(self, title: str) -> Item | None:
        kind = self._kind()
        where = addresses.preferred(self.url, self._canonical())
        if not title:
            return None
        published = self.work.published or self._first(
            "article:published_time", "datepublished", "uploaddate", "date"
        )
        picture = self.work.thumbnail or self._first("og:image:secure_url", "og:image", "twitter:image")
        return Item(
            key=where[:MAX_KEY],
            url=self._where(),
            title=title,
            summary=self._summary(),
            authors=listed(self._authors()),
            published_at=parse_date(published),
            starts_at=parse_date(self.work.starts),
            updated_at=parse_date(
                self.work.updated or self._first("article:modified_time", "og:updated_time")
            ),
            language=ext.tag(self.work.language),
            kind=kind or Kind.ARTICLE,
            thumbnail_url=ext.steady_thumbnail(addresses.absolute(picture, self.base)),
            duration_s=parse_duration(
                self.work.duration or self._first("duration", "og:video:duration", "video:duration")
            ),
            topics=listed(self.tags or self.work.topics),
            licence=plain(self.work.licence, 200),
        )

    def _where(self) -> str:
        declared = addresses.absolute(self._canonical(), self.base)
        return declared if addresses.same_site(declared, self.url) else self.url

    def _authors(self) -> list[str]:
        named = self.root.xpath('//*[@itemprop="author"]//*[@itemprop="name"]/@content')
        told = self.work.authors or named or [self._first("article:author:name", "author", "twitter:creator")]
        return [str(name) for name in told if not name.startswith("http")]

    def _first(self, *names: str) -> str:
        return next((self.meta[name] for name in names if name in self.meta), "")


def _loads(text: str) -> Json:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
