"""Queueing the job that carries a post, in the transaction of the change."""

from datetime import datetime

from altavoz.core import jobs
from altavoz.promotion.models import Post

#: The lasting name of the task (tasks.carry), which cannot be imported from here: tasks call actions.
CARRY = "promotion.carry"


def queue(post: Post, *, now: datetime) -> None:
    """Have a worker look after the post when its next step is due; nothing where no step is due."""
    if post.next_at is None:
        return
    when = post.next_at if post.next_at > now else None
    jobs.app.configure_task(CARRY, queue="promotion", schedule_at=when).defer(post_id=post.pk)
