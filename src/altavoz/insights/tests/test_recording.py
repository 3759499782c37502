"""The thread that stores: every few seconds, and at the end."""

import logging
import time

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
    recorder = recording.Recorder(pause_s=0.05)
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


def _rename(table: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {name}")
