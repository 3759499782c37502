"""Jobs of this room."""

from django.utils import timezone

from altavoz.api import opendata
from altavoz.core import jobs


@jobs.periodic(cron="23 4 * * *", name="api.dump", queue="bulk")
def dump(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Write the open data of the day, and delete what is too old."""
    opendata.write(at=timezone.now())
