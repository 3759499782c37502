"""Jobs of moderation: cases that their team cannot decide go to its leads."""

from django.utils import timezone

from altavoz.core import jobs
from altavoz.moderation import actions


@jobs.periodic(cron="23 * * * *", name="moderation.escalate_stuck")
def escalate_stuck(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Look at the cases that became overdue."""
    actions.escalate_stuck(at=timezone.now())
