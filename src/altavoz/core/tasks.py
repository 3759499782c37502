"""Jobs of `core`: handing facts to handlers, and keeping the queue healthy."""

from django.utils import timezone

from altavoz.core import events, jobs


@jobs.task(name="core.handle", queue="handlers")
def handle(event: int, handler: str) -> None:
    """Hand one fact to one handler."""
    events.deliver(event_id=event, handler=handler, at=timezone.now())


@jobs.periodic(cron="* * * * *", name="core.rescue_stalled")
async def rescue_stalled(timestamp: int) -> None:  # noqa: ARG001  every periodic task is told when it was due
    """Queue again the jobs of workers that were killed: they stopped sending heartbeats."""
    for job in await jobs.app.job_manager.get_stalled_jobs():
        await jobs.app.job_manager.retry_job(job)


@jobs.periodic(cron="17 3 * * *", name="core.prune_jobs")
async def prune_jobs(timestamp: int) -> None:  # noqa: ARG001  as above
    """Delete jobs that ended three days ago; failed ones stay 30 days so that an operator sees them."""
    await jobs.app.job_manager.delete_old_jobs(nb_hours=72)
    await jobs.app.job_manager.delete_old_jobs(nb_hours=30 * 24, include_failed=True)
