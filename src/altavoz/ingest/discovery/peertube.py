"""PeerTube: a channel, an account, a whole instance, or one video."""

import re
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from altavoz.core.fetch import Failure, Request
from altavoz.ingest.discovery import feeds
from altavoz.ingest.discovery.values import Answer, Ask, Step
from altavoz.ingest.discovery.words import from_failure, not_found
from altavoz.ingest.parsing.values import Feed, Page
from altavoz.ingest.states import SourceKind

_VIDEO = re.compile(r"/(?:w|videos/watch|videos/embed)/(?!p/)([\w-]{10,40})/?", re.ASCII)
_CHANNEL = re.compile(r"/(?:c|video-channels)/([\w.@-]+)")
_ACCOUNT = re.compile(r"/(?:a|accounts)/([\w.@-]+)")


def is_peertube(page: Page) -> bool:
    """Tell whether a page says that PeerTube made it."""
    return "peertube" in page.platform


def begin(page: Page) -> Step:
    """Return the next step for a page of a PeerTube site."""
    parts = urlsplit(page.url)
    site, path = f"{parts.scheme}://{parts.netloc}", parts.path
    if found := _VIDEO.match(path):
        return _ask(f"{site}/api/v1/videos/{found[1]}", page)
    feed_url = f"{site}/feeds/videos.xml"
    if found := _CHANNEL.match(path):
        feed_url += f"?videoChannelName={quote(found[1])}"
    elif found := _ACCOUNT.match(path):
        feed_url += f"?accountName={quote(found[1])}"
    return _ask(feed_url, page)


def _ask(feed_url: str, page: Page) -> Step:
    return Ask((Request(feed_url),), lambda answers: _read(feed_url, page, answers[0]))


def _read(feed_url: str, page: Page, answer: Answer) -> Step:
    if isinstance(answer, Failure):
        return from_failure(answer, page.url)
    feed = feeds.read(answer) if answer.status == HTTPStatus.OK else None
    if not isinstance(feed, Feed):
        return not_found("peertube", page.url)
    return feeds.found(
        feed,
        kind=SourceKind.PEERTUBE,
        feed_url=feed_url,
        address=page.url,
        title=page.title,
        summary=page.summary,
    )
