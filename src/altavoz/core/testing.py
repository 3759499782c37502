"""Fixtures of `core` for the tests of every room."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from altavoz.core import jobs

_NEXT = """
    DELETE FROM procrastinate_jobs WHERE id = (
        SELECT id FROM procrastinate_jobs
        WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s) ORDER BY id LIMIT 1
    ) RETURNING task_name, args
"""


@pytest.fixture(autouse=True)
def _empty_queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the queue after tests that commit: its tables are not ours, so Django does not flush them."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        unblock = request.getfixturevalue("django_db_blocker")
        with unblock.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def deliver() -> Callable[..., int]:
    """Run waiting jobs in this process until none is due; return how many ran.

    `deliver(until=…)` also runs what is scheduled up to that time; without it only what is due at once.
    """

    def run(until: datetime | None = None) -> int:
        count = 0
        while (job := _take(until)) is not None:
            name, arguments = job
            func = jobs.app.tasks[name].func
            (async_to_sync(func) if _is_async(func) else func)(**arguments)
            count += 1
        return count

    return run


def _take(until: datetime | None) -> tuple[str, dict[str, object]] | None:
    import json

    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [until])
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], json.loads(row[1]) if isinstance(row[1], str) else row[1]


def _is_async(func: object) -> bool:
    import inspect

    return inspect.iscoroutinefunction(func)
