"""Jobs are rows: queued in the transaction of the change, run by `altavoz worker`."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

__all__ = ["JobContext", "app", "defer_once", "periodic", "task", "worker_app"]

#: Twelve tries, waiting 2, 4, 8 … seconds in between: two hours in all.
PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


def task(
    *, name: str, queue: str = "default", retry: RetryStrategy | bool = PATIENT, **options: Any
) -> Callable[[Callable[..., Any]], Task[..., Any, ...]]:
    """Register a task under its lasting name, `<room>.<verb>`; retried patiently unless told otherwise."""
    return app.task(name=name, queue=queue, retry=retry, **options)


def periodic(
    *, cron: str, name: str, queue: str = "periodic", pass_context: bool = False
) -> Callable[[Callable[..., Any]], Task[..., Any, ...]]:
    """Register a task run by the clock (`cron` in UTC); it is given the Unix time it was due, and not retried.

    With `pass_context` it is given a JobContext first, which tells when the worker shall end.
    """

    def register(func: Callable[..., Any]) -> Task[..., Any, ...]:
        options: dict[str, Any] = {"queueing_lock": name, "pass_context": pass_context}
        declare: Callable[..., Any] = app.task  # its overloads want `pass_context` as a literal
        made: Task[..., Any, ...] = declare(name=name, queue=queue, **options)(func)
        return app.periodic(cron=cron)(made)

    return register


def defer_once(job: Task[..., Any, ...], lock: str, **arguments: Any) -> bool:
    """Queue a job unless one with the same lock waits already; return whether it was queued.

    The savepoint is there because a refused queueing lock would abort the whole transaction.
    """
    try:
        with transaction.atomic():
            job.configure(queueing_lock=lock).defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def worker_app() -> App:
    """Return the app a worker runs: the same tasks, fetched over connections of its own.

    Tasks stay bound to `app`, whose connector is Django's: what they queue is queued in their transaction. Swapping
    the connector of `app` itself, as Procrastinate's own command does, would queue it outside, where it may be
    picked up before the change is there, and stays when the change is undone.
    """
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    made = DjangoApp(connector=connector, import_paths=app.import_paths)
    made.tasks = app.tasks
    made.periodic_registry = app.periodic_registry
    return made
