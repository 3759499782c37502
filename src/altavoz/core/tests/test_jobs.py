"""Jobs queued by a running job are part of its transaction, in a real worker as elsewhere."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction

from altavoz.core import jobs, tasks

#: A worker of its own process, with a task whose change is undone after it queued another.
_WORKER = """
import asyncio
import django
django.setup()
from django.db import transaction
from altavoz.core import jobs

@jobs.task(name="tests.leave_nothing", retry=False)
def leave_nothing():
    with transaction.atomic():
        jobs.app.tasks["core.handle"].defer(event=1, handler="tests.never")
        raise ZeroDivisionError

async def run():
    ours = jobs.worker_app()
    async with ours.open_async():
        await ours.run_worker_async(queues=["default"], wait=False)

leave_nothing.defer()
asyncio.run(run())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_what_a_job_queues_vanishes_with_its_undone_change() -> None:
    connection.ensure_connection()
    info = connection.connection.info
    url = f"postgresql://{quote(info.user)}@/{quote(info.dbname)}?host={quote(info.host, safe='')}&port={info.port}"
    settings = {"DJANGO_SETTINGS_MODULE": "altavoz.config.settings", "ALTAVOZ_LOG_FORMAT": "json"}
    environment = os.environ | settings | {"DATABASE_URL": url}
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _WORKER], env=environment, check=True, timeout=60, capture_output=True
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text FROM procrastinate_jobs"
            " WHERE task_name IN ('tests.leave_nothing', 'core.handle')"
        )
        assert cursor.fetchall() == [("tests.leave_nothing", "failed")]
    (line,) = (json.loads(text) for text in done.stderr.splitlines() if b"core.job_failed" in text)
    assert (line["task"], line["attempt"], line["tried_again"], line["exception"][0]["exc_type"]) == (
        "tests.leave_nothing",
        1,
        False,
        "ZeroDivisionError",
    )


@pytest.mark.django_db
def test_a_job_is_queued_once_while_it_waits_and_the_transaction_goes_on() -> None:
    with transaction.atomic():
        for first in (True, False):
            assert jobs.defer_once(tasks.handle, "one", event=1, handler="tests.never") is first
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (1,)


def test_a_worker_has_the_tasks_and_connections_of_its_own() -> None:
    made = jobs.worker_app()
    assert (made.tasks is jobs.app.tasks, made.periodic_registry is jobs.app.periodic_registry) == (
        True,
        True,
    )
    assert made.connector is not jobs.app.connector


_DOING = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
    VALUES ('default', 'core.handle', '{}', %s::procrastinate_job_status, 0) RETURNING id
"""
_WHEN = """
    INSERT INTO procrastinate_events (job_id, type, at)
    VALUES (%s, %s::procrastinate_job_event_type, now() - %s::interval)
"""


def _job(status: str, event: str, ago: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER")
        cursor.execute(_DOING, [status])
        pk: int = cursor.fetchone()[0]
        cursor.execute(_WHEN, [pk, event, ago])
        cursor.execute("ALTER TABLE procrastinate_jobs ENABLE TRIGGER USER")
    return pk


def _statuses() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs")
        return dict(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_worker_that_was_killed_is_queued_again() -> None:
    lost = _job("doing", "started", "1 hour")
    async_to_sync(tasks.rescue_stalled.func)(timestamp=0)
    assert _statuses() == {lost: "todo"}


@pytest.mark.django_db(transaction=True)
def test_jobs_that_ended_are_kept_for_three_days_and_failed_ones_for_thirty() -> None:
    _job("succeeded", "succeeded", "4 days")
    _job("failed", "failed", "31 days")
    kept = {
        _job("succeeded", "succeeded", "2 days"): "succeeded",
        _job("failed", "failed", "29 days"): "failed",
    }
    async_to_sync(tasks.prune_jobs.func)(timestamp=0)
    assert _statuses() == kept
