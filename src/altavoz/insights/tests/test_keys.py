"""The key of the day: one for all processes, none left of yesterday."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from altavoz.insights import actions
from altavoz.insights.actions import counting
from altavoz.insights.actions.keys import KeyRing, _renew, ring
from altavoz.insights.models import Daily, DayKey, Seen
from altavoz.insights.tests.conftest import NOON, Publish, a_visitor
from altavoz.insights.tests.test_counting import report

LATE = datetime(2026, 3, 14, 23, 59, 58, tzinfo=UTC)
EARLY = datetime(2026, 3, 15, 0, 0, 1, tzinfo=UTC)


def test_after_midnight_nothing_leads_back(publish: Publish) -> None:
    work = publish().subject
    report(work, at=LATE)
    actions.flush(at=LATE)
    sealed = set(Seen.objects.values_list("digest", flat=True))
    secret = bytes(DayKey.objects.get().secret)
    report(work, at=EARLY)
    actions.flush(at=EARLY)
    assert not sealed & set(Seen.objects.values_list("digest", flat=True))
    assert Seen.objects.count() == 1
    kept = DayKey.objects.get()
    assert (kept.day, bytes(kept.secret) == secret) == (EARLY.date(), False)
    assert ring.of(EARLY) == bytes(kept.secret)
    assert list(Daily.objects.order_by("day").values_list("views", flat=True)) == [1, 1]


@pytest.mark.django_db
def test_midnight_comes_without_visitors_too() -> None:
    before = actions.rotate(at=LATE)
    assert actions.rotate(at=LATE) == before
    Seen.objects.create(digest=1)
    assert actions.rotate(at=EARLY) != before
    assert not Seen.objects.exists()


@pytest.mark.django_db
def test_a_clock_that_lags_gets_the_newest_key_and_destroys_nothing() -> None:
    newest = actions.rotate(at=EARLY)
    Seen.objects.create(digest=1)
    late = KeyRing()
    assert late.of(LATE) == newest
    assert (DayKey.objects.get().day, Seen.objects.count()) == (EARLY.date(), 1)


@pytest.mark.django_db
def test_a_process_drops_what_it_holds_of_yesterday() -> None:
    held = KeyRing()
    first = held.of(LATE)
    held.drop(before=LATE.date())
    assert held._secret == first
    held.drop(before=EARLY.date())
    assert held._secret == b""
    held.drop(before=EARLY.date())
    held.drop()
    assert held._secret == b""


@pytest.mark.django_db
def test_who_waited_for_another_process_takes_its_key() -> None:
    newest = actions.rotate(at=EARLY)
    assert bytes(_renew(EARLY.date()).secret) == newest


def together(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at once, each over a connection of its own."""

    def run(call: Callable[[], object]) -> object:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [job.result(timeout=30) for job in [pool.submit(run, call) for call in calls]]


@pytest.mark.django_db(transaction=True)
def test_processes_that_wake_at_midnight_share_one_key() -> None:
    actions.rotate(at=LATE)
    found = together(*[lambda: KeyRing().of(EARLY)] * 6)
    assert found == [bytes(DayKey.objects.get().secret)] * 6


@pytest.mark.django_db(transaction=True)
def test_two_processes_store_the_same_at_once_and_it_counts_once(publish: Publish) -> None:
    works = [publish(number).subject for number in range(8)]
    batches = []
    for order in (works, works[::-1]):
        for number in range(8):
            for work in order:
                report(work, visitor=a_visitor(f"203.0.113.{number}"))
        batches.append(counting.buffer.take())
    together(*[lambda batch=batch: actions.store(batch) for batch in batches * 3])
    assert list(Daily.objects.order_by("subject").values_list("views", flat=True)) == [8] * 8
    assert Seen.objects.count() == 64


@pytest.mark.django_db(transaction=True)
def test_midnight_waits_for_those_who_store(publish: Publish) -> None:
    work = publish().subject
    report(work, at=LATE)
    batch = counting.buffer.take()
    together(lambda: actions.store(batch), lambda: actions.rotate(at=EARLY))
    assert Daily.objects.get().views == 1
    assert DayKey.objects.get().day == EARLY.date()


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_stored_now_is_stored_later(publish: Publish) -> None:
    work = publish().subject
    report(work)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE insights_seen IN ACCESS EXCLUSIVE MODE")
        assert together(_flush_impatiently) == ["refused"]
    assert ring._day is None
    assert actions.flush(at=NOON) == 1
    assert Daily.objects.get().views == 1


def _flush_impatiently() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    try:
        actions.flush(at=NOON)
    except OperationalError:
        return "refused"
    return "stored"


@pytest.mark.django_db
def test_the_database_refuses_sums_of_nothing() -> None:
    given = {"subject": "showcase.publication:1", "day": NOON.date(), "language": "es", "source": "direct"}
    with pytest.raises(IntegrityError, match="daily_counts_something"), transaction.atomic():
        Daily.objects.create(**given)
    with pytest.raises(IntegrityError, match="daily_source_known"), transaction.atomic():
        Daily.objects.create(**(given | {"source": "https://example.org/", "views": 1}))
    Daily.objects.create(**given, views=1)
    with pytest.raises(IntegrityError, match="daily_once"), transaction.atomic():
        Daily.objects.create(**given, views=1)
