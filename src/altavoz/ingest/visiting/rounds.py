"""Visits claimed sources: fetch, read what comes as it comes, store it a batch at a time."""

import asyncio
import queue
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from altavoz.core.fetch import Failure, Reason, Request, Response, fetch_many
from altavoz.ingest import actions, deciding
from altavoz.ingest.deciding import After, Before, Outcome
from altavoz.ingest.models import Source

log = structlog.get_logger(__name__)

#: So many sources are stored together.
BATCH = 500
#: Answers go from the fetching thread to the reading one in portions, and few wait: that bounds the memory.
_PORTION = 40
_WAITING = 4
#: Whoever could not be asked in this time is left for later; it is shorter than the lease of a claim.
_PATIENCE_S = 240
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5"
)
_Portion = list[tuple[int, Response | Failure]]
_Portions = queue.Queue[_Portion | None]


@dataclass(frozen=True, slots=True)
class Polled:
    """What a round of polling did, in numbers; of `lost` sources nobody knows, they are due again soon."""

    sources: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    lost: int = 0

    def __add__(self, other: "Polled") -> "Polled":
        return Polled(
            self.sources + other.sources,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
            self.new + other.new,
            self.changed + other.changed,
            self.gone + other.gone,
            self.lost + other.lost,
        )


def visit(ids: Sequence[int], at: datetime) -> Polled:
    """Visit sources that were claimed at `at`; return what that did.

    While answers are read and stored, others are fetched. A source that fails is a value like any other; a batch that
    cannot be stored is reported, and its sources are due again when their lease ends, as are those whose sites kept us
    waiting too long.
    """
    claimed = actions.claimed(ids, at=at)
    total, visits = Polled(), list[tuple[Source, After]]()
    for portion in _answers([request_of(before) for _, before in claimed]):
        visits += [(claimed[place][0], _judge(claimed[place][1], answer, at)) for place, answer in portion]
        if len(visits) >= BATCH:
            total += _settle(visits, at)
            visits = []
    return total + _settle(visits, at) if visits else total


def _answers(requests: Sequence[Request]) -> Generator[_Portion, None, None]:
    """Yield the answers as they come, from a thread: Django does not allow its database inside an event loop."""
    if not requests:
        return
    coming: _Portions = queue.Queue(_WAITING)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch") as fetcher:
        asking = fetcher.submit(_fetch, requests, coming)
        try:
            yield from iter(coming.get, None)
            asking.result()
        finally:
            # Whoever stops listening must not leave the other side waiting for a place in the queue.
            while not asking.done():
                with suppress(queue.Empty):
                    coming.get(timeout=0.1)


def _fetch(requests: Sequence[Request], coming: _Portions) -> None:
    try:
        asyncio.run(_gather(requests, coming))
    finally:
        coming.put(None)


async def _gather(requests: Sequence[Request], coming: _Portions) -> None:
    portion: _Portion = []
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            async for outcome in fetch_many(requests):
                portion.append(outcome)
                if len(portion) == _PORTION:
                    await asyncio.to_thread(coming.put, portion)
                    portion = []
    await asyncio.to_thread(coming.put, portion)


def request_of(before: Before) -> Request:
    """Return the conditional request for a source."""
    headers = {"Accept": _ACCEPT}
    if before.body_digest and before.etag:
        headers["If-None-Match"] = before.etag
    if before.body_digest and before.last_modified:
        headers["If-Modified-Since"] = before.last_modified
    return Request(before.url, headers=headers)


def _settle(visits: Sequence[tuple[Source, After]], at: datetime) -> Polled:
    try:
        stored = actions.settle(visits, at=at)
    except Exception:
        # One batch must not stop the others; what is wrong with it is for the operator, who reads the log.
        log.exception("ingest.batch_failed", sources=[source.pk for source, _ in visits])
        return Polled(sources=len(visits), failed=len(visits))
    return Polled(
        sources=len(visits),
        unchanged=sum(after.outcome is Outcome.SAME for _, after in visits),
        failed=sum(after.outcome in {Outcome.FAILED, Outcome.GONE} for _, after in visits),
        new=sum(len(each.new) for each in stored),
        changed=sum(len(each.changed) for each in stored),
        gone=sum(len(each.gone) for each in stored),
    )


def _judge(before: Before, answer: Response | Failure, at: datetime) -> After:
    try:
        return deciding.judge(before, answer, at=at)
    except Exception:
        # A document nobody imagined is a failing source, not the end of the round.
        log.exception("ingest.unreadable", source=before.id, url=before.url)
        return deciding.judge(before, Failure(before.url, Reason.PROTOCOL, "unreadable"), at=at)
