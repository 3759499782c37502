"""JSON Feed 1.0 and 1.1."""

import json

from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing.dates import parse_date, sane_duration
from altavoz.ingest.parsing.drafts import Draft, Opened
from altavoz.ingest.parsing.texts import listed, prose, unmarked, unmarked_prose
from altavoz.ingest.parsing.values import MAX_SUMMARY, MAX_TITLE, Feed, Format, Json, Kind


def loads(text: str) -> Json:
    """Return what the JSON says, or None when it is none (or nested beyond reason)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def feed_of(told: Json, base: str) -> Opened | None:
    """Return the feed, its items unread, or None when the value is no JSON Feed."""
    if not isinstance(told, dict) or "jsonfeed.org/version/" not in _text(told, "version"):
        return None
    author = _authors(told)
    hubs = [_text(hub, "url") for hub in _dicts(told, "hubs")]
    feed = Feed(
        format=Format.JSON,
        title=unmarked(_text(told, "title"), MAX_TITLE),
        summary=unmarked_prose(_text(told, "description"), MAX_SUMMARY),
        url=addresses.absolute(_text(told, "feed_url"), base),
        home_url=addresses.absolute(_text(told, "home_page_url"), base),
        language=ext.tag(_text(told, "language")),
        author=author[0] if author else "",
        image_url=addresses.absolute(_text(told, "icon") or _text(told, "favicon"), base),
        older_url=addresses.absolute(_text(told, "next_url"), base),
        hubs=tuple(url for hub in hubs if (url := addresses.absolute(hub, base))),
    )
    return Opened(
        feed=feed,
        elements=_dicts(told, "items"),
        draft=lambda item: _draft(item, base, author),
        raw=_raw,
        setting=(base, feed.language, author),
    )


def _raw(item: dict[str, Json]) -> bytes:
    return json.dumps(item, sort_keys=True).encode()


def _text(told: dict[str, Json], name: str) -> str:
    value = told.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _dicts(told: dict[str, Json], name: str) -> list[dict[str, Json]]:
    value = told.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _authors(told: dict[str, Json]) -> tuple[str, ...]:
    single = told.get("author")
    people = _dicts(told, "authors") or ([single] if isinstance(single, dict) else [])
    return listed([_text(person, "name") for person in people])


def _draft(item: dict[str, Json], base: str, author: tuple[str, ...]) -> Draft:
    attachments = _dicts(item, "attachments")
    media_url, media_type, kind = ext.best_media(
        (addresses.absolute(_text(each, "url"), base), _text(each, "mime_type")) for each in attachments
    )
    date = _text(item, "date_published") or _text(item, "date_modified")
    summary = unmarked_prose(_text(item, "summary") or _text(item, "content_text"), MAX_SUMMARY)
    tags = item.get("tags")
    return Draft(
        guid=_text(item, "id"),
        url=addresses.absolute(_text(item, "url") or _text(item, "external_url"), base),
        title=unmarked(_text(item, "title"), MAX_TITLE),
        summary=summary or prose(_text(item, "content_html"), MAX_SUMMARY),
        authors=_authors(item) or author,
        date=date,
        published_at=parse_date(date),
        updated_at=parse_date(_text(item, "date_modified")),
        language=ext.tag(_text(item, "language")),
        kind=kind or Kind.ARTICLE,
        media_url=media_url,
        media_type=media_type,
        thumbnail_url=ext.steady_thumbnail(addresses.absolute(_text(item, "image"), base)),
        duration_s=_duration(attachments),
        topics=listed([tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []),
    )


def _duration(attachments: list[dict[str, Json]]) -> int | None:
    lengths = [each.get("duration_in_seconds") for each in attachments]
    numbers = [each for each in lengths if isinstance(each, int | float) and not isinstance(each, bool)]
    return sane_duration(numbers[0]) if numbers else None
