"""Fixtures of this room."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from altavoz.core import jobs
from altavoz.ingest.models import Source
from altavoz.ingest.states import SourceKind
from altavoz.people.actions import create_account
from altavoz.people.models import Account

OWNER = "showcase.creator:5"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Words are compared as they are written in the code, whatever the first language of the site is."""
    with translation.override("en"):
        yield


@pytest.fixture
def site(httpserver: HTTPServer, settings: Settings) -> HTTPServer:
    """Return a web site on this machine that may be fetched."""
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    return httpserver


@pytest.fixture
def source(db: None, at: datetime) -> Source:  # noqa: ARG001 - the fixture brings the database
    return Source.objects.create(
        owner=OWNER,
        kind=SourceKind.FEED.value,
        address="https://b.example/",
        feed_url="https://b.example/feed.xml",
        added_at=at,
        next_poll_at=at,
    )


@pytest.fixture
def ana(db: None, at: datetime) -> Account:  # noqa: ARG001 - the fixture brings the database
    return create_account(email="ana@example.org", name="Ana", language="es", at=at)


_NEXT = """
    DELETE FROM procrastinate_jobs WHERE id = (
        SELECT id FROM procrastinate_jobs WHERE task_name LIKE 'ingest.%%' ORDER BY id LIMIT 1
    ) RETURNING task_name, args
"""


@pytest.fixture
def work(db: None) -> Callable[[], int]:  # noqa: ARG001 - the fixture brings the database
    """Run the waiting jobs of this room; what other rooms make of our facts is theirs to test."""

    def run() -> int:
        count = 0
        while job := _take():
            name, arguments = job
            jobs.app.tasks[name].func(**arguments)
            count += 1
        return count

    return run


def _take() -> tuple[str, dict[str, int]] | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [])
        row = cursor.fetchone()
    return (row[0], json.loads(row[1]) if isinstance(row[1], str) else row[1]) if row else None
