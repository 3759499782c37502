"""Facts are stored with the change, and each handler takes each of them into account once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import pytest
from django.db import connection, transaction

from altavoz.core import events
from altavoz.core.models import Delivery, Event


@dataclass(frozen=True, kw_only=True)
class BellRang(events.Fact):
    name: ClassVar[str] = "tests.bell_rang"
    times: int
    towers: tuple[str, ...] = ()


heard: list[tuple[BellRang, datetime]] = []


@pytest.fixture(autouse=True)
def _listener() -> Iterator[None]:
    heard.clear()

    @events.handles(BellRang, name="tests.listen")
    def listen(fact: BellRang, at: datetime) -> None:
        heard.append((fact, at))

    yield
    events._handlers.pop(BellRang.name)


RANG = BellRang(subject="tests.bell:1", times=3, towers=("north", "south"))


@pytest.mark.django_db
def test_a_fact_reaches_its_handler_as_it_was(at: datetime, deliver: Callable[..., int]) -> None:
    events.record(RANG, at=at)
    assert deliver() == 1
    assert heard == [(RANG, at)]


@pytest.mark.django_db
def test_a_job_run_twice_takes_effect_once(at: datetime, deliver: Callable[..., int]) -> None:
    events.record(RANG, at=at)
    deliver()
    event = Event.objects.get()
    assert events.deliver(event_id=event.pk, handler="tests.listen", at=at) is False
    assert heard == [(RANG, at)]


@pytest.mark.django_db
def test_a_handler_that_fails_leaves_no_trace_and_is_tried_again(at: datetime) -> None:
    broken = [True]

    @events.handles(BellRang, name="tests.listen")
    def listen(fact: BellRang, at: datetime) -> None:
        if broken:
            broken.clear()
            raise OSError("ear plugs")
        heard.append((fact, at))

    events.record(RANG, at=at)
    event = Event.objects.get()
    with pytest.raises(OSError, match="ear plugs"):
        events.deliver(event_id=event.pk, handler="tests.listen", at=at)
    assert Delivery.objects.count() == 0
    assert events.deliver(event_id=event.pk, handler="tests.listen", at=at) is True
    assert heard == [(RANG, at)]


@pytest.mark.django_db
def test_a_handler_that_no_longer_exists_is_passed_over(at: datetime) -> None:
    events.record(RANG, at=at)
    assert events.deliver(event_id=Event.objects.get().pk, handler="tests.retired", at=at) is False
    assert Delivery.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused(at: datetime) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        events.record(RANG, at=at)


@pytest.mark.django_db(transaction=True)
def test_fact_and_job_vanish_with_a_rolled_back_change(at: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.record(RANG, at=at)
        _ = 1 / 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)
    assert Event.objects.count() == 0


def test_facts_are_known_by_name() -> None:
    assert events.known()["tests.bell_rang"] == (BellRang, ("tests.listen",))


@pytest.mark.django_db
def test_rows_name_themselves_as_logs_show_them(at: datetime, deliver: Callable[..., int]) -> None:
    events.record(RANG, at=at)
    deliver()
    event = Event.objects.get()
    assert (str(event), str(Delivery.objects.get())) == (
        "tests.bell_rang tests.bell:1",
        f"tests.listen ← {event.pk}",
    )
