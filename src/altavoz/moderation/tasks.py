"""Jobs of moderation: stuck cases go to the leads of their team, and what nobody confirmed is forgotten."""

from django.utils import timezone

from altavoz.core import jobs
from altavoz.moderation import actions


@jobs.periodic(cron="23 * * * *", name="moderation.escalate_stuck")
def escalate_stuck(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Look at the cases that became overdue."""
    actions.escalate_stuck(at=timezone.now())


@jobs.periodic(cron="41 3 * * *", name="moderation.forget_unconfirmed_reports")
def forget_unconfirmed_reports(timestamp: int) -> None:  # noqa: ARG001  as above
    """Forget the reports that nobody confirmed, and who sent those that were answered long ago."""
    at = timezone.now()
    actions.forget_unconfirmed_reports(at=at)
    actions.forget_reporters(at=at)
