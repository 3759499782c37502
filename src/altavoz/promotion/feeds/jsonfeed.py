"""JSON Feed 1.1."""

import json
from collections.abc import Iterable, Iterator

from altavoz.promotion.feeds.items import Feed, FeedItem
from altavoz.promotion.feeds.xml import allowed, moment


def json_feed(feed: Feed, items: Iterable[FeedItem]) -> Iterator[str]:
    """Write the feed, item by item."""
    yield f'{_written(_head(feed))[:-1]},"items":['
    separator = ""
    for item in items:
        yield separator + _written(_item(item))
        separator = ","
    yield "]}\n"


def _head(feed: Feed) -> dict[str, object]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.self_url,
        "description": feed.description,
        "language": feed.language,
        "next_url": feed.next_url,
        "icon": feed.icon_url,
        "hubs": [{"type": "WebSub", "url": feed.hub_url}] if feed.hub_url else [],
    }


def _item(item: FeedItem) -> dict[str, object]:
    content = (
        {"content_html": item.content_html}
        if item.content_html
        else {"content_text": item.summary or item.title}
    )
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        **content,
        "summary": item.summary,
        "image": item.image,
        "date_published": moment(item.published_at),
        "date_modified": moment(item.updated_at),
        "authors": [_filled({"name": author.name, "url": author.url}) for author in item.authors],
        "tags": [allowed(topic) for topic in item.topics],
        "language": item.language,
        "attachments": _attachments(item),
    }


def _attachments(item: FeedItem) -> list[dict[str, object]]:
    if item.enclosure is None:
        return []
    file = item.enclosure
    return [_filled({"url": file.url, "mime_type": file.media_type, "size_in_bytes": file.length})]


def _filled(fields: dict[str, object]) -> dict[str, object]:
    """Leave out what has no value: JSON Feed asks for absence rather than emptiness."""
    clean = {name: allowed(value) if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in clean.items() if value}


def _written(fields: dict[str, object]) -> str:
    return json.dumps(_filled(fields), ensure_ascii=False, separators=(",", ":"))
