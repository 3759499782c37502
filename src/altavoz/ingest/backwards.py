"""Reading backwards what a source published before its feed begins, without network and database.

YouTube's feeds hold fifteen videos; its Data API tells all of them, fifty a time. Other feeds may name the page before
(RFC 5005, and `next_url` of JSON Feed).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from altavoz.core.fetch import Failure, Request, Response
from altavoz.core.text import clean_text
from altavoz.ingest import addresses, parsing
from altavoz.ingest.parsing.dates import parse_date
from altavoz.ingest.parsing.texts import unmarked, unmarked_prose
from altavoz.ingest.parsing.values import MAX_SUMMARY, MAX_TITLE, Feed, Item, Kind
from altavoz.ingest.states import SourceKind

#: A hand-written imitation takes its place in tests.
YOUTUBE_API = "https://www.googleapis.com/youtube/v3/playlistItems"
_YOUTUBE = frozenset((SourceKind.YOUTUBE_CHANNEL, SourceKind.YOUTUBE_PLAYLIST))
_FEEDS = frozenset((SourceKind.FEED, SourceKind.PODCAST, SourceKind.PEERTUBE))
_ENOUGH_FOR_TODAY = frozenset(("quotaExceeded", "dailyLimitExceeded"))
_TOO_FAST = frozenset(("rateLimitExceeded", "userRateLimitExceeded", "backendError"))
_NOT_THERE = frozenset(("playlistNotFound", "playlistItemsNotAccessible", "channelNotFound"))
_PER_PAGE = 50


class Trouble(StrEnum):
    """Why a page could not be read."""

    QUOTA = "quota"  # not today
    KEY = "key"  # not with this key
    MISSING = "missing"  # there is no such list
    UNREADABLE = "unreadable"
    AWAY = "away"  # not now


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What one page told, and the page before it; or why it told nothing."""

    items: tuple[Item, ...] = ()
    language: str = ""
    older: str = ""
    trouble: Trouble | None = None


def is_possible(kind: str, feed_url: str, *, key: str) -> bool:
    """Tell whether there may be a way to the older works; only reading a feed shows whether it names one."""
    return (kind in _YOUTUBE and bool(key and _playlist(feed_url))) or kind in _FEEDS


def request_for(kind: str, feed_url: str, page: str, *, key: str) -> Request:
    """Return the question for a page, "" being the first. The key travels in a header: addresses are logged."""
    if kind not in _YOUTUBE:
        return Request(page or feed_url)
    asked = {
        "part": "snippet,contentDetails,status",
        "maxResults": _PER_PAGE,
        "playlistId": _playlist(feed_url),
    }
    if page:
        asked["pageToken"] = page
    return Request(f"{YOUTUBE_API}?{urlencode(asked)}", headers={"X-Goog-Api-Key": key})


def read(kind: str, answer: Response | Failure) -> Portion:
    """Return what the answer tells; total: whatever came, there is a Portion."""
    if isinstance(answer, Failure):
        return Portion(trouble=Trouble.AWAY)
    if kind in _YOUTUBE:
        return _read_youtube(answer)
    if answer.status != HTTPStatus.OK:
        gone = answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
        return Portion(trouble=Trouble.MISSING if gone else Trouble.AWAY)
    feed = parsing.read_feed(answer.body, content_type=answer.headers.get("content-type", ""), url=answer.url)
    if not isinstance(feed, Feed):
        return Portion(trouble=Trouble.UNREADABLE)
    older = feed.older_url if feed.older_url != answer.url else ""
    return Portion(items=feed.items, language=feed.language, older=older)


def quota_returns(at: datetime) -> datetime:
    """Return when YouTube counts anew: at midnight in California."""
    there = at.astimezone(ZoneInfo("America/Los_Angeles"))
    midnight = (there + timedelta(days=1)).replace(hour=0, minute=5, second=0, microsecond=0)
    return midnight.astimezone(at.tzinfo)


def _playlist(feed_url: str) -> str:
    """Return the list of a feed; that of all uploads of channel UCx is UUx."""
    channel = addresses.youtube_channel(feed_url)
    return f"UU{channel[2:]}" if channel else addresses.youtube_playlist(feed_url) or ""


def _read_youtube(answer: Response) -> Portion:
    told = _json(answer.body)
    if answer.status != HTTPStatus.OK:
        return Portion(trouble=_refused(answer.status, told))
    if not isinstance(told.get("items"), list):
        return Portion(trouble=Trouble.UNREADABLE)
    items = [item for each in told["items"] if isinstance(each, dict) and (item := _item(each))]
    return Portion(items=tuple(items), older=_text(told, "nextPageToken"))


def _refused(status: int, told: Mapping[str, Any]) -> Trouble:
    error = _inner(told, "error")
    errors = error.get("errors")
    reasons = (
        {_text(each, "reason") for each in errors if isinstance(each, dict)}
        if isinstance(errors, list)
        else set()
    )
    if reasons & _ENOUGH_FOR_TODAY:
        return Trouble.QUOTA
    if (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR
        or status == HTTPStatus.TOO_MANY_REQUESTS
        or reasons & _TOO_FAST
    ):
        return Trouble.AWAY
    return Trouble.MISSING if status == HTTPStatus.NOT_FOUND or reasons & _NOT_THERE else Trouble.KEY


def _item(told: Mapping[str, Any]) -> Item | None:
    """Return a video as its channel's feed would tell it; None for one that is private or deleted."""
    snippet, details = _inner(told, "snippet"), _inner(told, "contentDetails")
    video, title = _text(details, "videoId"), unmarked(_text(snippet, "title"), MAX_TITLE)
    published = parse_date(_text(details, "videoPublishedAt"))
    public = _text(_inner(told, "status"), "privacyStatus") in {"public", ""}
    if not (addresses.youtube_video(f"https://youtu.be/{video}") and title and published and public):
        return None
    author = clean_text(_text(snippet, "videoOwnerChannelTitle") or _text(snippet, "channelTitle"))
    return Item(
        key=f"yt:video:{video}",
        url=f"https://www.youtube.com/watch?v={video}",
        title=title,
        summary=unmarked_prose(_text(snippet, "description"), MAX_SUMMARY),
        authors=(author,) if author else (),
        published_at=published,
        kind=Kind.VIDEO,
        thumbnail_url=f"https://i.ytimg.com/vi/{video}/hqdefault.jpg",
    )


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _inner(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = told.get(name)
    return found if isinstance(found, dict) else {}


def _text(told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    return found if isinstance(found, str) else ""
