"""Visits due sources: few of them here, many side by side in helper processes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock

import structlog
from django.conf import settings

from altavoz.core.crew import Crew, Lost, spare_garbage
from altavoz.ingest import actions
from altavoz.ingest.actions import Claimed
from altavoz.ingest.visiting import sharing
from altavoz.ingest.visiting.rounds import Polled, visit

log = structlog.get_logger(__name__)

#: Fewer sources are visited in this process: a small installation never has another.
FEW = 200

_crew = Crew()
_round = Lock()


def poll_due(*, at: datetime, limit: int = 2000, stop: Callable[[], bool] = lambda: False) -> Polled:
    """Visit up to `limit` sources that are due at `at`, the longest waiting first; return what that did.

    Many are divided among helper processes, all of one site to the same. Where a helper dies, is not done when the
    lease of its sources ends, or `stop()` becomes true before, these are counted as lost and are due again then.
    While a round runs in this process, another does nothing, so that a site never meets both.
    """
    if not _round.acquire(blocking=False):
        return Polled()
    try:
        claimed = actions.claim_due(at=at, limit=limit) if limit > 0 else []
        if len(claimed) < FEW or settings.ALTAVOZ_POLL_PROCESSES == 1:
            with spare_garbage():
                return visit([each.id for each in claimed], at)
        return _together(sharing.divide(claimed, settings.ALTAVOZ_POLL_PROCESSES), at, stop)
    finally:
        _round.release()


def poll_source(source_id: int, *, at: datetime) -> Polled:
    """Visit one source if it is due; return what that did."""
    return visit([each.id for each in actions.claim_due(at=at, limit=1, only=source_id)], at)


def _together(shares: Sequence[Sequence[Claimed]], at: datetime, stop: Callable[[], bool]) -> Polled:
    asked = [([each.id for each in share], at) for share in shares]
    told = _crew.run(visit, asked, patience_s=actions.LEASE.total_seconds(), stop=stop)
    total = Polled()
    for (ids, _), answer in zip(asked, told, strict=True):
        if isinstance(answer, Lost):
            log.error("ingest.share_lost", why=answer.why, sources=ids)
            total += Polled(sources=len(ids), lost=len(ids))
        else:
            total += answer
    return total
