"""The virtual due date: a burst delays only its author."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from altavoz.moderation.states import Lane
from altavoz.moderation.states.ordering import PACE, due, lanes_for, virtual_date

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def test_the_first_work_counts_from_its_arrival() -> None:
    assert virtual_date(arrived_at=NOON, last=None) == NOON


def test_the_second_of_a_burst_counts_twelve_hours_later() -> None:
    assert virtual_date(arrived_at=NOON, last=NOON) == NOON + hours(12)


def test_after_a_pause_nothing_is_owed() -> None:
    assert virtual_date(arrived_at=NOON, last=NOON - hours(40)) == NOON


def test_each_lane_has_its_promise() -> None:
    assert {lane: due(virtual_at=NOON, lane=lane) - NOON for lane in Lane} == {
        Lane.URGENT: hours(24),
        Lane.NORMAL: hours(72),
        Lane.LOW: hours(168),
    }


def test_one_persons_burst_of_eighty_leaves_a_newcomer_in_third_place() -> None:
    burst = list(
        accumulate(range(79), lambda last, _: virtual_date(arrived_at=NOON, last=last), initial=NOON)
    )
    newcomer = virtual_date(arrived_at=NOON + hours(20), last=None)
    assert sorted([*burst, newcomer]).index(newcomer) == 2


def test_four_of_five_picks_look_into_the_urgent_lane_first() -> None:
    urgent, rest = frozenset({Lane.URGENT}), frozenset({Lane.NORMAL, Lane.LOW})
    assert [lanes_for(pick) for pick in range(6)] == [
        (urgent, rest), (urgent, rest), (urgent, rest), (urgent, rest), (rest, urgent), (urgent, rest),
    ]  # fmt: skip


@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=40))
def test_one_authors_works_keep_their_distance(arrivals: list[int]) -> None:
    last: datetime | None = None
    for arrival in sorted(arrivals):
        now = virtual_date(arrived_at=NOON + hours(arrival), last=last)
        assert last is None or now - last >= PACE
        assert now >= NOON + hours(arrival)
        last = now
