"""What one visit to a source means: its health, what to remember, when to come again."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus

from altavoz.core.fetch import Failure, Redirect, Response
from altavoz.ingest import addresses, parsing, websub
from altavoz.ingest.deciding import schedule
from altavoz.ingest.parsing.marks import Marks
from altavoz.ingest.parsing.values import Feed, Format, Item, NotAFeed, Page
from altavoz.ingest.parsing.windows import Window
from altavoz.ingest.states import Health, SourceKind

#: So often must a permanent redirect be seen before it is believed.
SIGHTINGS = 3
#: So many failures in a row make a source one that somebody should look at.
FAILING_AFTER = 4
#: So often must a single page be missing before its work counts as gone.
MISSING_AFTER = 3
_PERMANENT = frozenset((HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT))
_ABSENT = frozenset((HTTPStatus.NOT_FOUND, HTTPStatus.GONE))


class Outcome(StrEnum):
    """What the visit brought."""

    NEWS = "news"
    SAME = "same"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A source as it was when it was claimed."""

    id: int
    kind: SourceKind
    url: str
    interval_s: int = schedule.SHORTEST_S
    failures: int = 0
    body_digest: str = ""
    etag: str = ""
    last_modified: str = ""
    redirect_url: str = ""
    redirect_seen: int = 0
    ttl_s: int | None = None
    pushed: bool = False
    language: str = ""
    marks: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """A source as it shall be stored, and what was read; `held` and `marks` are those of the window that was read."""

    id: int
    outcome: Outcome
    health: Health
    next_poll_at: datetime
    interval_s: int
    failures: int = 0
    status: int | None = None
    reason: str = ""
    body_digest: str = ""
    etag: str = ""
    last_modified: str = ""
    redirect_url: str = ""
    redirect_seen: int = 0
    moved_to: str = ""
    ttl_s: int | None = None
    hub_url: str = ""
    topic_url: str = ""
    feed: Feed | None = field(default=None, repr=False)
    held: frozenset[int] = field(default=frozenset(), repr=False, compare=False)
    marks: Marks = field(default_factory=Marks, repr=False, compare=False)


def judge(before: Before, answer: Response | Failure, *, at: datetime) -> After:
    """Return what the answer means; pure, and total: whatever came, there is an After."""
    if isinstance(answer, Failure):
        return _failed(before, str(answer.reason), None, wait=0, at=at)
    if answer.status == HTTPStatus.NOT_MODIFIED and before.body_digest:
        return _same(before, answer, at=at)
    if answer.status == HTTPStatus.OK:
        return _read(before, answer, at=at)
    if _is_gone(before, answer.status):
        return _gone(before, answer.status, at=at)
    wait = schedule.retry_after(answer.headers, at=at)
    return _failed(before, "status", answer.status, wait=wait, at=at)


def _read(before: Before, answer: Response, *, at: datetime) -> After:
    digest = hashlib.sha256(answer.body).hexdigest()
    if digest == before.body_digest:
        return _same(before, answer, at=at)
    window = _window(before, answer)
    if isinstance(window, NotAFeed):
        return _failed(before, f"not_a_feed:{window.reason}", answer.status, wait=0, at=at)
    feed = window.feed
    published = [*window.dates, *(item.published_at for item in feed.items if item.published_at)]
    interval = schedule.next_interval(published, at=at)
    after = _well(replace(before, ttl_s=feed.ttl_s), answer, Outcome.NEWS, interval, at=at)
    hub, topic = websub.hub_of(before.kind, before.url, answer.headers, feed)
    return replace(
        after,
        body_digest=digest,
        feed=feed,
        held=window.held,
        marks=window.marks,
        hub_url=hub,
        topic_url=topic,
    )


def _window(before: Before, answer: Response) -> Window | NotAFeed:
    content_type = answer.headers.get("content-type", "")
    if before.kind is not SourceKind.PAGE or "json" in content_type:
        return parsing.read_window(
            answer.body,
            content_type=content_type,
            url=answer.url,
            known=Marks.unpacked(before.marks),
            setting=before.language,
        )
    page = parsing.page_of(answer.body, content_type, answer.url)
    if page is None or page.item is None:
        return NotAFeed(reason=parsing.Refused.UNREADABLE)
    return Window(feed=feed_of_page(page, page.item))


def feed_of_page(page: Page, item: Item) -> Feed:
    """Return the page as a list of one work."""
    return Feed(
        format=Format.PAGE, title=page.title, summary=page.summary, language=page.language, items=(item,)
    )


def _same(before: Before, answer: Response, *, at: datetime) -> After:
    after = _well(before, answer, Outcome.SAME, schedule.stretched(before.interval_s), at=at)
    # A 304 need not repeat the validators.
    return replace(
        after, etag=after.etag or before.etag, last_modified=after.last_modified or before.last_modified
    )


def _well(before: Before, answer: Response, outcome: Outcome, interval: int, *, at: datetime) -> After:
    url, seen = _redirected(before, answer.redirects)
    interval = max(interval, schedule.PUSHED_S) if before.pushed else interval
    wait = max(interval, schedule.asked_for(answer.headers, ttl_s=before.ttl_s, at=at))
    moved = seen >= SIGHTINGS
    return After(
        id=before.id,
        outcome=outcome,
        health=Health.WELL,
        next_poll_at=at + timedelta(seconds=schedule.spread(wait, before.id)),
        interval_s=interval,
        status=answer.status,
        body_digest=before.body_digest,
        etag=answer.headers.get("etag", "")[:500],
        last_modified=answer.headers.get("last-modified", "")[:100],
        redirect_url="" if moved else url,
        redirect_seen=0 if moved else seen,
        moved_to=url if moved else "",
        ttl_s=before.ttl_s,
    )


def _redirected(before: Before, redirects: tuple[Redirect, ...]) -> tuple[str, int]:
    """Return where permanent redirects lead, and how often in a row they led there."""
    target = ""
    for step in redirects:
        if step.status not in _PERMANENT:
            break
        target = addresses.absolute(step.location, target or before.url)
    if not target or target == before.url:
        return "", 0
    return target, before.redirect_seen + 1 if target == before.redirect_url else 1


def _failed(before: Before, reason: str, status: int | None, *, wait: int, at: datetime) -> After:
    failures = before.failures + 1
    pause = max(schedule.backed_off(failures), wait)
    return After(
        id=before.id,
        outcome=Outcome.FAILED,
        health=Health.FAILING if failures >= FAILING_AFTER else Health.TROUBLED,
        next_poll_at=at + timedelta(seconds=schedule.spread(pause, before.id)),
        interval_s=before.interval_s,
        failures=failures,
        status=status,
        reason=reason,
        body_digest=before.body_digest,
        etag=before.etag,
        last_modified=before.last_modified,
        redirect_url=before.redirect_url,
        redirect_seen=before.redirect_seen,
        ttl_s=before.ttl_s,
    )


def _is_gone(before: Before, status: int) -> bool:
    # YouTube's feeds answer 404 and even 410 for days while the channel is well.
    if addresses.is_youtube(before.url) and before.kind is not SourceKind.PAGE:
        return False
    if before.kind is SourceKind.PAGE or "/api/v1/videos/" in before.url:
        return status in _ABSENT and (status == HTTPStatus.GONE or before.failures + 1 >= MISSING_AFTER)
    return status == HTTPStatus.GONE


def _gone(before: Before, status: int, *, at: datetime) -> After:
    after = _failed(before, "gone", status, wait=schedule.LONGEST_S, at=at)
    return replace(after, outcome=Outcome.GONE, health=Health.GONE)
