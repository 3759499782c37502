"""When a channel may speak."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from altavoz.promotion.slots import Hours, slots

ZONES = [
    "UTC",
    "Europe/Madrid",
    "America/Sao_Paulo",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Africa/Cairo",
    "America/St_Johns",
]


def _local(hours: Hours, after: datetime, count: int) -> list[str]:
    return [
        slot.astimezone(hours.zone).strftime("%d %H:%M") for slot in islice(slots(hours, after=after), count)
    ]


def test_spread_over_the_waking_hours() -> None:
    hours = Hours(4, ZoneInfo("Asia/Tokyo"), time(23), time(7))
    after = datetime(2026, 3, 14, 3, 30, tzinfo=UTC)
    assert _local(hours, after, 5) == ["14 13:00", "14 17:00", "14 21:00", "15 09:00", "15 13:00"]


def test_a_quiet_time_at_noon() -> None:
    hours = Hours(3, UTC, time(12), time(15))
    after = datetime(2026, 3, 14, tzinfo=UTC)
    assert _local(hours, after, 3) == ["14 03:30", "14 10:30", "14 20:30"]


def test_never_quiet() -> None:
    for quiet in ((None, None), (time(5), time(5))):
        hours = Hours(2, UTC, *quiet)
        assert _local(hours, datetime(2026, 3, 14, 6, tzinfo=UTC), 2) == ["14 18:00", "15 06:00"]


def test_the_days_when_the_clocks_change() -> None:
    hours = Hours(3, ZoneInfo("Europe/Madrid"), time(0), time(8))
    spring, autumn = datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert _local(hours, spring, 3) == ["29 10:40", "29 16:00", "29 21:20"]
    assert _local(hours, autumn, 3) == ["25 10:40", "25 16:00", "25 21:20"]
    all_day = Hours(23, ZoneInfo("Europe/Madrid"))
    found = list(islice(slots(all_day, after=spring), 23))
    assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(hours=1)}


@given(
    zone=st.sampled_from(ZONES),
    quiet=st.tuples(st.times(), st.times()),
    per_day=st.integers(1, 48),
    after=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_the_promised_number_a_day_in_order_and_never_in_quiet_hours(
    zone: str, quiet: tuple[time, time], per_day: int, after: datetime
) -> None:
    start, end = (moment.replace(second=0, microsecond=0, tzinfo=None) for moment in quiet)
    hours = Hours(per_day, ZoneInfo(zone), start, end)
    found = list(islice(slots(hours, after=after), per_day * 3))
    assert found == sorted(found)
    assert found[0] > after
    days = [slot.astimezone(hours.zone).date() for slot in found]
    assert days.count(days[per_day]) == per_day
    for slot in found:
        clock = slot.astimezone(hours.zone).time()
        assert start == end or not (start < clock < end if start < end else clock > start or clock < end)
