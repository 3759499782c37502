"""What waits in memory, and for how many it has room."""

from datetime import date

from altavoz.insights.buffer import Batch, Buffer, Poll, Quota, Sight
from altavoz.insights.states import Source, What

_DAY = date(2026, 3, 14)
_SIGHT = Sight(_DAY, "showcase.publication:1", "es", Source.DIRECT, What.VIEW)
_POLL = Poll(_DAY, "all")


def test_things_wait_once_until_they_are_taken() -> None:
    buffer = Buffer()
    for _ in range(2):
        buffer.sight(1, _SIGHT)
        buffer.poll(2, _POLL)
    buffer.tell(_POLL, 5)
    buffer.tell(_POLL, 3)
    batch = buffer.take()
    assert batch == Batch({1: _SIGHT}, {2: _POLL}, {_POLL: 5})
    assert len(batch) == 3
    assert len(buffer.take()) == 0


def test_what_could_not_be_stored_waits_beside_what_came_since() -> None:
    buffer = Buffer()
    buffer.tell(_POLL, 4)
    buffer.give_back(Batch({1: _SIGHT}, {2: _POLL}, {_POLL: 9}))
    assert buffer.take() == Batch({1: _SIGHT}, {2: _POLL}, {_POLL: 9})


def test_a_flood_is_let_go() -> None:
    buffer = Buffer(limit=2)
    for name in range(5):
        buffer.sight(name, _SIGHT)
    buffer.poll(9, _POLL)
    buffer.tell(_POLL, 9)
    assert (len(buffer.take()), buffer.dropped) == (2, 5)


def test_a_quota_is_of_one_day_and_forgets_the_least_recent() -> None:
    quota = Quota(names=2)
    assert [quota.take(1, 2, _DAY) for _ in range(3)] == [True, True, False]
    assert quota.take(1, 2, date(2026, 3, 15)) is True
    for name in (2, 3):
        quota.take(name, 2, date(2026, 3, 15))
    assert quota.take(1, 1, date(2026, 3, 15)) is True  # forgotten, so it begins anew
    quota.clear()
    assert quota.take(3, 1, date(2026, 3, 15)) is True
