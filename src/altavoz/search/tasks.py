"""Jobs of `search`: keeping its counters short."""

from altavoz.core import jobs
from altavoz.search import actions


@jobs.periodic(cron="*/5 * * * *", name="search.fold_tallies")
def fold_tallies(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Add up the changes to the counters."""
    actions.fold_tallies()
