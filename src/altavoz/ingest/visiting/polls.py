"""Visits due sources, a batch at a time: claim, fetch, read, store."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import structlog

from altavoz.core.fetch import Failure, Reason, Request, Response, fetch_many
from altavoz.ingest import actions, deciding
from altavoz.ingest.deciding import After, Before, Outcome
from altavoz.ingest.models import Source

log = structlog.get_logger(__name__)

#: So many sources are claimed, fetched and stored together.
BATCH = 200
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5"
)
_Claimed = Sequence[tuple[Source, Before]]


@dataclass(frozen=True, slots=True)
class Polled:
    """What a round of polling did, in numbers."""

    sources: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0

    def __add__(self, other: "Polled") -> "Polled":
        return Polled(
            self.sources + other.sources,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
            self.new + other.new,
            self.changed + other.changed,
            self.gone + other.gone,
        )


def poll_due(*, at: datetime, limit: int = 2000) -> Polled:
    """Visit up to `limit` sources that are due at `at`, the longest waiting first; return what that did.

    While one batch is stored the next is fetched. A source that fails is a value like any other; a batch that
    cannot be stored is reported, and its sources are due again when their lease ends.
    """
    total = Polled()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch") as fetcher:
        claimed = _claim(at, limit)
        coming = fetcher.submit(_fetch, claimed)
        while claimed:
            limit -= len(claimed)
            answers, current = coming.result(), claimed
            claimed = _claim(at, limit)
            coming = fetcher.submit(_fetch, claimed)
            total += _settle(current, answers, at)
    return total


def poll_source(source_id: int, *, at: datetime) -> Polled:
    """Visit one source if it is due; return what that did."""
    claimed = actions.claim_due(at=at, limit=1, only=source_id)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch") as fetcher:
        answers = fetcher.submit(_fetch, claimed).result()
    return _settle(claimed, answers, at) if claimed else Polled()


def _claim(at: datetime, limit: int) -> _Claimed:
    return actions.claim_due(at=at, limit=min(BATCH, limit)) if limit > 0 else []


def _fetch(claimed: _Claimed) -> list[Response | Failure]:
    """Fetch in a thread of its own: Django does not allow its database inside an event loop."""
    return asyncio.run(_gather([request_of(before) for _, before in claimed])) if claimed else []


async def _gather(requests: Sequence[Request]) -> list[Response | Failure]:
    answers: list[Response | Failure] = [
        Failure(each.url, Reason.PROTOCOL, "never asked") for each in requests
    ]
    async for index, answer in fetch_many(requests):
        answers[index] = answer
    return answers


def request_of(before: Before) -> Request:
    """Return the conditional request for a source."""
    headers = {"Accept": _ACCEPT}
    if before.body_digest and before.etag:
        headers["If-None-Match"] = before.etag
    if before.body_digest and before.last_modified:
        headers["If-Modified-Since"] = before.last_modified
    return Request(before.url, headers=headers)


def _settle(claimed: _Claimed, answers: Sequence[Response | Failure], at: datetime) -> Polled:
    visits = [
        (source, _judge(before, answer, at))
        for (source, before), answer in zip(claimed, answers, strict=True)
    ]
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
