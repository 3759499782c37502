"""YouTube's many addresses: channel id, handle, custom and user names, playlists, videos, feeds."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlsplit

from altavoz.core.fetch import Failure, Request, Response
from altavoz.ingest import addresses, parsing
from altavoz.ingest.discovery import feeds
from altavoz.ingest.discovery.values import Alternative, Answer, Ask, Found, NotFound, Step
from altavoz.ingest.discovery.words import from_failure, not_found
from altavoz.ingest.parsing.values import Feed, Page
from altavoz.ingest.states import SourceKind

_FEED = "https://www.youtube.com/feeds/videos.xml"
#: Lists that are made for each viewer, or that only their owner sees.
_NOT_PUBLIC = ("RD", "WL", "LL", "LM", "FL")
# Without it, visitors from some countries are sent to a question about cookies; it says that all were declined.
_HEADERS = {"Cookie": "SOCS=CAI", "Accept-Language": "en"}


def begin(address: str) -> Step:
    """Return the first step for an address on YouTube."""
    video, playlist = addresses.youtube_video(address), addresses.youtube_playlist(address)
    if video:
        page = f"https://www.youtube.com/watch?v={video}"
        return Ask((Request(page, headers=_HEADERS),), lambda answers: _video(page, answers[0]))
    if playlist:
        return _playlist(playlist, address)
    if channel := addresses.youtube_channel(address):
        return _feed(channel)
    if urlsplit(address).path.strip("/") in {"", "feed", "results", "watch", "playlist"}:
        return not_found("youtube_home", address)
    page = addresses.canonical(address)
    return Ask((Request(page, headers=_HEADERS),), lambda answers: _channel_page(page, answers[0]))


def _playlist(playlist: str, address: str) -> Step:
    if playlist.startswith(_NOT_PUBLIC):
        return not_found("youtube_private_list", address)
    feed_url = f"{_FEED}?playlist_id={playlist}"
    page = f"https://www.youtube.com/playlist?list={playlist}"
    return Ask(
        (Request(feed_url),), lambda answers: _list(SourceKind.YOUTUBE_PLAYLIST, feed_url, page, answers)
    )


def _feed(channel: str, page: Page | None = None) -> Step:
    feed_url = f"{_FEED}?channel_id={channel}"
    home = f"https://www.youtube.com/channel/{channel}"
    return Ask(
        (Request(feed_url),), lambda answers: _list(SourceKind.YOUTUBE_CHANNEL, feed_url, home, answers, page)
    )


def _list(
    kind: SourceKind, feed_url: str, home: str, answers: Sequence[Answer], page: Page | None = None
) -> Found | NotFound:
    answer = answers[0]
    if isinstance(answer, Failure):
        return from_failure(answer, home)
    feed = feeds.read(answer) if answer.status == HTTPStatus.OK else None
    if isinstance(feed, Feed):
        summary = page.summary if page else ""
        return feeds.found(feed, kind=kind, feed_url=feed_url, address=home, summary=summary)
    if page and page.channel_title:
        # The channel is there for certain; only its list is not, and that will pass.
        empty = Feed(format=parsing.Format.ATOM, title=page.channel_title, summary=page.summary)
        return feeds.found(empty, kind=kind, feed_url=feed_url, address=home)
    return not_found("youtube_feed", home)


def _channel_page(address: str, answer: Answer) -> Step:
    page = _page(answer)
    if isinstance(answer, Failure):
        return from_failure(answer, address)
    channel = page.channel_id if page else ""
    return _feed(channel, page) if channel else not_found("youtube_channel", address)


def _video(address: str, answer: Answer) -> Step:
    if isinstance(answer, Failure):
        return from_failure(answer, address)
    page = _page(answer)
    if page is None or page.item is None or page.title in {"", "YouTube", "- YouTube"}:
        return not_found("youtube_video", address)
    channel = page.channel_id
    title = page.item.authors[0] if page.item.authors else ""
    home = f"https://www.youtube.com/channel/{channel}"
    whole = Alternative(kind=SourceKind.YOUTUBE_CHANNEL, title=title, address=home)
    return feeds.found_page(page, page.item, address=address, alternatives=(whole,) if channel else ())


def _page(answer: Answer) -> Page | None:
    if not isinstance(answer, Response) or answer.status != HTTPStatus.OK:
        return None
    return parsing.page_of(answer.body, answer.headers.get("content-type", ""), answer.url)
