"""Jobs of the showcase."""

from django.utils import timezone

from altavoz.core import jobs
from altavoz.showcase import actions, thumbnails


@jobs.periodic(cron="* * * * *", name="showcase.submit_waiting")
def submit_waiting(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Hand the moderators what there is room for now."""
    actions.submit_waiting(at=timezone.now())


@jobs.task(name="showcase.adopt", queue="bulk")
def adopt(catalogue: str, language: str, collections: list[str], adoption: int) -> None:
    """Show an adopted catalogue, 500 records to a transaction, until none is left."""
    while actions.adopt_batch(
        catalogue=catalogue,
        language=language,
        collections=collections,
        adoption=adoption,
        at=timezone.now(),
    ):
        pass


@jobs.periodic(cron="* * * * *", name="showcase.fetch_thumbnails")
def fetch_thumbnails(timestamp: int) -> None:  # noqa: ARG001  as above
    """Fetch the pictures of works that are shown or in review and have none yet."""
    thumbnails.fetch_missing(at=timezone.now())


@jobs.task(name="showcase.forget_pictures")
def forget_pictures(ids: list[int]) -> None:
    """Delete pictures that nothing shows any more."""
    thumbnails.forget(ids)


@jobs.periodic(cron="41 * * * *", name="showcase.forget_suggestions")
def forget_suggestions(timestamp: int) -> None:  # noqa: ARG001  as above
    """Forget suggestions that nobody confirmed, and the keys of yesterday."""
    actions.forget_suggestions(at=timezone.now())
