"""Jobs of promotion: planning each minute, carrying what is due, asking networks for their limits."""

from django.utils import timezone

from altavoz.core import jobs
from altavoz.promotion import actions, deliveries
from altavoz.promotion.actions.queueing import CARRY
from altavoz.promotion.models import Channel
from altavoz.promotion.states import ChannelState


@jobs.task(name=CARRY, queue="promotion", retry=False)
def carry(post_id: int) -> None:
    """Do what is due for one post. Never retried as a job: the post itself knows when it is due again."""
    deliveries.carry(post_id=post_id, at=timezone.now())


@jobs.periodic(cron="* * * * *", name="promotion.plan")
def plan(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Fill the calendars."""
    actions.plan(at=timezone.now())


@jobs.periodic(cron="* * * * *", name="promotion.carry_due")
def carry_due(timestamp: int) -> None:  # noqa: ARG001  as above
    """Queue what is due and whose own job was lost, as with a worker that was killed."""
    for post_id in deliveries.due(at=timezone.now()):
        jobs.defer_once(carry, f"promotion.carry:{post_id}", post_id=post_id)


@jobs.periodic(cron="23 4 * * *", name="promotion.refresh_limits")
def refresh_limits(timestamp: int) -> None:  # noqa: ARG001  as above
    """Ask every network once a day how long a post may be."""
    for channel_id in Channel.objects.filter(state=ChannelState.ACTIVE).values_list("pk", flat=True):
        deliveries.refresh_limits(channel_id=channel_id, at=timezone.now())
