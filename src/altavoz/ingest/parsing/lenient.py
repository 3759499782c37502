"""Feeds that are no XML: feedparser reads what can be read; its sanitising and address resolution stay off."""

import io
from typing import Any

import feedparser

from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing.dates import parse_date, parse_duration
from altavoz.ingest.parsing.drafts import Draft, Opened
from altavoz.ingest.parsing.texts import listed, plain, prose
from altavoz.ingest.parsing.values import MAX_SUMMARY, MAX_TITLE, Feed, Format, Kind


def feed_of(text: str, base: str) -> Opened | None:
    """Return the feed, its items unread, or None when nothing of a feed is in the text."""
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    top = found.feed
    if not found.entries and not (found.version and top.get("title")):
        return None
    feed = Feed(
        format=Format.LENIENT,
        title=plain(top.get("title"), MAX_TITLE),
        summary=prose(top.get("subtitle"), MAX_SUMMARY),
        url=_relation(top, "self", base),
        home_url=addresses.absolute(top.get("link") or "", base),
        language=ext.tag(top.get("language")),
        author=plain(top.get("author"), 200),
        image_url=addresses.absolute((top.get("image") or {}).get("href") or "", base),
        older_url=_relation(top, "prev-archive", base) or _relation(top, "next", base),
        hubs=tuple(url for url in [_relation(top, "hub", base)] if url),
    )
    return Opened(feed=feed, elements=found.entries, draft=lambda entry: _draft(entry, base))


def _relation(entry: dict[str, Any], rel: str, base: str) -> str:
    hrefs = [link.get("href") or "" for link in entry.get("links", ()) if link.get("rel") == rel]
    return next((url for href in hrefs if (url := addresses.absolute(href, base))), "")


def _draft(entry: dict[str, Any], base: str) -> Draft:
    media_url, media_type, kind = ext.best_media(_enclosures(entry, base))
    date = entry.get("published") or entry.get("updated") or ""
    guid = entry.get("id") or ""
    permanent = guid if guid.startswith(("http://", "https://")) and entry.get("guidislink") else ""
    pictures = [each.get("url") or "" for each in entry.get("media_thumbnail", ())]
    return Draft(
        guid=guid,
        url=addresses.absolute(entry.get("link") or permanent, base),
        title=plain(entry.get("title"), MAX_TITLE),
        summary=prose(_summary(entry), MAX_SUMMARY),
        authors=listed([each.get("name") or "" for each in entry.get("authors", ())]),
        date=date,
        published_at=parse_date(date),
        updated_at=parse_date(dict.get(entry, "updated") or ""),
        language=ext.tag(entry.get("language")),
        kind=Kind.VIDEO if "yt_videoid" in entry else kind or Kind.ARTICLE,
        media_url=media_url,
        media_type=media_type,
        thumbnail_url=ext.steady_thumbnail(addresses.absolute(pictures[0], base)) if pictures else "",
        duration_s=parse_duration(entry.get("itunes_duration") or ""),
        topics=listed([each.get("term") or "" for each in entry.get("tags", ())]),
        licence=plain(entry.get("license") or entry.get("rights"), 200),
    )


def _summary(entry: dict[str, Any]) -> str:
    contents = [each.get("value") or "" for each in entry.get("content", ())]
    return entry.get("summary") or next(iter(contents), "")


def _enclosures(entry: dict[str, Any], base: str) -> list[tuple[str, str]]:
    found = entry.get("enclosures", [])
    return [(addresses.absolute(each.get("href") or "", base), each.get("type") or "") for each in found]
