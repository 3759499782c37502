"""The thread that stores: every few seconds, and at the end."""

import logging
import os
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest
from django.db import connection

from altavoz.insights import recording
from altavoz.insights.actions import counting
from altavoz.insights.models import Daily
from altavoz.insights.tests.conftest import Publish
from altavoz.insights.tests.test_counting import report


@pytest.mark.django_db(transaction=True)
def test_it_stores_while_it_runs_and_when_it_ends(publish: Publish) -> None:
    one, two = publish(1).subject, publish(2).subject
    recorder = recording.Recorder(pause_s=0.3)
    report(one)
    recorder.start()
    deadline = time.monotonic() + 10
    while not Daily.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [row.subject for row in Daily.objects.all()] == [one]
    recorder.stop()
    recorder.stop()
    last = recording.Recorder(pause_s=30)
    report(two)
    last.start()
    last.stop()
    assert sorted(Daily.objects.values_list("subject", flat=True)) == [one, two]


@pytest.mark.django_db(transaction=True)
def test_it_goes_on_when_the_database_refuses(publish: Publish, caplog: pytest.LogCaptureFixture) -> None:
    report(publish().subject)
    _rename("insights_seen", "insights_elsewhere")
    try:
        with caplog.at_level(logging.WARNING):
            recording.flush()
    finally:
        _rename("insights_elsewhere", "insights_seen")
    assert ["counts were not stored" in line for line in caplog.messages] == [True]
    assert len(counting.buffer.take()) == 0  # what the database refuses would be refused for ever


_PROCESS = """
import django
django.setup()
from datetime import UTC, datetime
from altavoz.insights import actions, recording
from altavoz.insights.visitors import Visitor

recording.Recorder(pause_s=600).start()
visitor = Visitor(address="203.0.113.7", agent="Firefox", accept_language="es")
actions.count(
    what="view", subject="{subject}", language="es", came_from="", own=(), visitor=visitor, at=datetime.now(UTC)
)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.processes
def test_a_process_that_ends_stores_what_it_counted(publish: Publish) -> None:
    work = publish().subject
    program = [sys.executable, "-c", _PROCESS.format(subject=work)]
    subprocess.run(program, check=True, timeout=60, env=os.environ | _database())  # noqa: S603 - ourselves
    assert Daily.objects.get().views == 1


def _database() -> dict[str, str]:
    """Return how a process finds the database of the tests."""
    told = connection.get_connection_params()
    where = urlencode({name: told[name] for name in ("host", "port", "user", "password") if told.get(name)})
    return {"DATABASE_URL": f"postgresql:///{told['dbname']}?{where}"}


def _rename(table: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {name}")
