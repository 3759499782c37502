"""Tells a supervisor whether this process lives, and whether it may be given visitors."""

from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_WORKERS = "SELECT extract(epoch FROM now() - max(last_heartbeat))::float8 FROM procrastinate_workers"
_QUEUE = """
    SELECT count(*), coalesce(max(extract(epoch FROM now() - due)), 0)::float8 FROM (
        SELECT coalesce(job.scheduled_at, queued.at) AS due FROM procrastinate_jobs job
        LEFT JOIN procrastinate_events queued ON queued.job_id = job.id AND queued.type = 'deferred'
        WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
    ) waiting
"""
_MIGRATED = "core.health.migrated"


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  every view is given it
    """Answer: this process serves requests."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  every view is given it
    """Answer 200 where the database is reachable and up to date, else 503; tell about the queue either way."""
    report = state()
    return JsonResponse(report, status=200 if report["ready"] else 503)


def state() -> dict[str, Any]:
    """Return what `ready` answers. A queue that lags is information: pages work without a worker."""
    try:
        waiting = pending_migrations()
        report: dict[str, Any] = {"database": "reachable", "migrations_to_apply": waiting}
        if not waiting:
            report |= queue()
    except DatabaseError:
        return {"ready": False, "database": "unreachable"}
    return {"ready": not waiting} | report


def pending_migrations() -> int:
    """Return how many migrations are to be applied; once there are none, that is remembered for a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if cache.get(_MIGRATED):
        return 0
    executor = MigrationExecutor(connection)
    count = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not count:
        cache.set(_MIGRATED, True, 60)
    return count


def queue() -> dict[str, float | int | None]:
    """Return how many jobs are due, since when the oldest is, and how long ago a worker was heard of."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE)
        waiting, lag = cursor.fetchone() or (0, 0.0)
        cursor.execute(_WORKERS)
        (seen,) = cursor.fetchone() or (None,)
    return {
        "jobs_due": waiting,
        "oldest_due_s": round(lag, 1),
        "worker_seen_s_ago": None if seen is None else round(seen, 1),
    }
