"""From a feed that was read to what is shown before saving."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from altavoz.core import languages
from altavoz.core.fetch import Response
from altavoz.ingest import addresses, parsing
from altavoz.ingest.deciding.polls import feed_of_page
from altavoz.ingest.discovery.values import SHOWN, Alternative, Found, Preview
from altavoz.ingest.parsing.values import Feed, Item, Kind, NotAFeed, Page
from altavoz.ingest.states import SourceKind

_PERMANENT = frozenset((301, 308))
_OLDEST = datetime.min.replace(tzinfo=UTC)
_TITLES = 20


def read(answer: Response) -> Feed | NotAFeed:
    """Return the feed in an answer."""
    return parsing.read_feed(answer.body, content_type=answer.headers.get("content-type", ""), url=answer.url)


def settled_address(answer: Response, asked: str) -> str:
    """Return the address to come back to: the new one only where the site says that it moved for good."""
    steps = answer.redirects
    return answer.url if steps and all(step.status in _PERMANENT for step in steps) else asked


def found(
    feed: Feed,
    *,
    kind: SourceKind,
    feed_url: str,
    address: str = "",
    title: str = "",
    summary: str = "",
    alternatives: tuple[Alternative, ...] = (),
) -> Found:
    """Return what the feed promises: its newest works, and the language they seem to be in."""
    guess = languages.detect(
        " ".join(_told(item) for item in feed.items[:_TITLES]), prior=feed.language or None
    )
    known = guess.language != languages.UNKNOWN
    return Found(
        kind=kind,
        address=address or feed.home_url or feed_url,
        feed_url=feed_url,
        title=feed.title or title or addresses.host_of(feed_url),
        summary=(feed.summary or summary)[:1000],
        author=feed.author or _usual_author(feed.items),
        image_url=feed.image_url,
        language=guess.language if known else feed.language or languages.UNKNOWN,
        confidence=guess.confidence,
        declared_language=feed.language,
        items=_newest(feed.items),
        total=len(feed.items),
        alternatives=alternatives,
        podcast_guid=feed.guid,
        verifications=feed.verifications,
    )


def found_page(page: Page, item: Item, *, address: str, alternatives: tuple[Alternative, ...] = ()) -> Found:
    """Return a page that is one work."""
    return found(
        feed_of_page(page, item),
        kind=SourceKind.PAGE,
        feed_url=address,
        address=address,
        alternatives=alternatives,
    )


def kind_of(feed: Feed, feed_url: str) -> SourceKind:
    """Return what kind of source a feed is."""
    if addresses.youtube_playlist(feed_url):
        return SourceKind.YOUTUBE_PLAYLIST
    if addresses.youtube_channel(feed_url):
        return SourceKind.YOUTUBE_CHANNEL
    if urlsplit(feed_url).path.startswith("/feeds/videos."):
        return SourceKind.PEERTUBE
    heard = sum(item.kind is Kind.PODCAST for item in feed.items)
    return SourceKind.PODCAST if feed.guid or heard * 2 > len(feed.items) else SourceKind.FEED


def _told(item: Item) -> str:
    return f"{item.title}. {item.summary[:100]}"


def _usual_author(items: Sequence[Item]) -> str:
    counted = Counter(item.authors[0] for item in items if item.authors)
    name, times = counted.most_common(1)[0] if counted else ("", 0)
    return name if times * 2 > len(items) else ""


def _newest(items: Sequence[Item]) -> tuple[Preview, ...]:
    ordered = sorted(items, key=lambda item: item.published_at or _OLDEST, reverse=True)
    return tuple(
        Preview(title=item.title, url=item.url, published_at=item.published_at, language=item.language)
        for item in ordered[:SHOWN]
    )
