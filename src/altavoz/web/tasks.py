"""Jobs of the pages."""

from collections.abc import Collection
from datetime import UTC, datetime
from http import HTTPStatus

from altavoz.core import fetch, jobs
from altavoz.web.caching import edges
from altavoz.web.og import keeping

_ONCE_MORE_S = 10


@jobs.periodic(cron="17 3 * * *", name="web.sweep_cards")
def sweep_cards(timestamp: int) -> None:
    """Delete card pictures that no page points to."""
    keeping.sweep(at=datetime.fromtimestamp(timestamp, UTC))


class NotForgottenError(RuntimeError):
    """The network before us did not take what it is to forget; the job is tried again."""


def tell_edges(subjects: Collection[str]) -> None:
    """Queue telling the network to forget the subjects: at once, and when no proxy of ours holds the old page."""
    purge_edges.defer(subjects=[*subjects])
    purge_edges.configure(schedule_in={"seconds": _ONCE_MORE_S}).defer(subjects=[*subjects])


@jobs.task(name="web.purge_edges")
def purge_edges(subjects: list[str]) -> None:
    """Make the network before us forget what shows the subjects. Raises NotForgottenError where it refuses."""
    for request in edges.purges(subjects):
        answer = fetch.fetch(request)
        if isinstance(answer, fetch.Failure) or answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            raise NotForgottenError(
                answer.detail if isinstance(answer, fetch.Failure) else str(answer.status)
            )
