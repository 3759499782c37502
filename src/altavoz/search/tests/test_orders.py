"""Fair turns, seasons of dates, and cursors that say exactly where a page ended."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altavoz import search
from altavoz.search import BadCursor, Query, buckets, cursors
from altavoz.search.cursors import Place
from altavoz.search.queries import matched, orders, planning
from altavoz.search.queries.planning import Expected
from altavoz.search.tests.conftest import make, numbers

_NOW = datetime(2026, 3, 14, tzinfo=UTC)
_MOMENTS = st.datetimes(timezones=st.just(UTC))
_PLACES = st.builds(Place, st.integers(0, 10**9 - 1), _MOMENTS, st.integers(0, 10**18 - 1))


def pages(limit: int, **fields: object) -> list[list[int]]:
    seen, cursor = [], ""
    while True:
        page = search.find(Query(limit=limit, cursor=cursor, sort="fair", **fields))  # type: ignore[arg-type]
        seen.append(numbers(page))
        if page.cursor is None:
            return seen
        cursor = page.cursor


def put_turns() -> None:
    makers = {1: (1,), 2: (1,), 3: (2,), 4: (1,), 5: (1,), 6: (2, 3), 7: (), 8: (), 9: (3,)}
    search.put(
        *(
            make(n, "Datos", creators=tuple(f"showcase.creator:{maker}" for maker in by))
            for n, by in makers.items()
        )
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{}, {"text": "datos"}, {"lengths": (), "captions": False, "kinds": ("talk",)}]
)
@pytest.mark.parametrize("limit", [2, 9, 20])
def test_everyone_is_heard_before_anyone_twice(fields: dict[str, object], limit: int) -> None:
    put_turns()
    assert [n for page in pages(limit, **fields) for n in page] == [9, 8, 5, 7, 6, 4, 3, 2, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"text": "datos"}])
def test_turns_are_taken_among_the_newest(fields: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "WINDOW", 4)
    put_turns()
    assert pages(3, **fields) == [[9, 8, 7], [6], [5, 3, 4], [2], [1]]


@pytest.mark.django_db
def test_what_comes_meanwhile_moves_no_later_page() -> None:
    put_turns()
    first = search.find(Query(limit=3, sort="fair"))
    search.put(make(50, creators=("showcase.creator:77",)))
    assert first.cursor is not None
    assert numbers(search.find(Query(limit=20, sort="fair", cursor=first.cursor))) == [7, 6, 4, 3, 2, 1]


@pytest.mark.django_db
def test_fair_turns_of_nothing() -> None:
    assert pages(3) == [[]]


@given(place=_PLACES, begin=_PLACES, sort=st.sampled_from(["newest", "relevant", "fair"]))
def test_cursors_come_back_as_they_were(place: Place, begin: Place, sort: str) -> None:
    written = cursors.write(place, sort, start=begin if sort == "fair" else None)
    assert cursors.read(written, sort) == place
    if sort == "fair":
        assert cursors.start(written) == begin._replace(score=0)


@given(st.text(max_size=60))
def test_any_cursor_is_read_or_refused(text: str) -> None:
    for sort in ("newest", "relevant", "fair"):
        try:
            cursors.read(text, sort)
        except BadCursor:
            continue
    with pytest.raises(BadCursor):
        cursors.start(text + "x")


@given(
    days=st.integers(0, 3000),
    until=st.none() | _MOMENTS,
    back=st.floats(0, 1),
)
def test_a_season_covers_its_days(days: int, until: datetime | None, back: float) -> None:
    terms = buckets.cover(days, until, now=_NOW)
    newest = until or _NOW
    moment = datetime.fromordinal(max(1, newest.toordinal() - round(days * back))).replace(tzinfo=UTC)
    assert len(set(terms) & set(buckets.of_document("x", moment))) == 1
    assert len(terms) < 100
    assert terms == tuple(sorted(set(terms), key=lambda term: term.ljust(11, "-")))


def test_blocks_are_as_large_as_they_can_be() -> None:
    until = datetime(2024, 2, 29, tzinfo=UTC)
    assert buckets.cover(2, until, now=_NOW) == ("@2024-02-27", "@2024-02-28", "@2024-02-29")
    assert buckets.cover(60, until, now=_NOW) == ("@2023-12", "@2024-01", "@2024-02")
    assert buckets.cover(1500, until, now=_NOW) == ("@2020", "@2021", "@2022", "@2023", "@2024")
    assert buckets.cover(0, None, now=_NOW)[:2] == ("@2026-03-14", "@2026-03-15")
    assert buckets.cover(0, None, now=_NOW)[-1] == "@2036"


def test_samples_are_parts_of_each_other() -> None:
    drawn = [set(buckets.of_document(f"showcase.publication:{n}", _NOW)) for n in range(20_000)]
    sizes = [sum(f"/{rate}" in terms for terms in drawn) for rate in buckets.RATES]
    assert all(abs(size * rate - 20_000) < 8_000 for size, rate in zip(sizes, buckets.RATES, strict=True))
    for small, large in pairwise(buckets.RATES):
        assert all(f"/{large}" in terms for terms in drawn if f"/{small}" in terms)


@pytest.mark.parametrize(
    ("strict", "wanted", "is_rare", "is_walk", "spans", "rate"),
    [
        (3, 25, True, False, (1500,), 1),
        (999, 25, True, False, (300, 1500), 1),
        (20_000, 240, False, False, (60, 300, 1500), 64),
        (200_000, 240, False, True, (12, 60, 300, 1500), 512),
    ],
)
def test_how_it_is_read_is_decided_from_what_is_expected(
    strict: int,
    wanted: int,
    is_rare: bool,  # noqa: FBT001 -- a table
    is_walk: bool,  # noqa: FBT001 -- a table
    spans: tuple[int, ...],
    rate: int,
) -> None:
    expected = Expected(strict=strict, relaxed=0, every=1_000_000, within=(3_000, 30_000, 90_000, 400_000))
    plan = planning.decided(expected, wanted)
    assert (plan.is_rare, plan.is_walk, plan.spans, plan.rate) == (is_rare, is_walk, spans, rate)
    assert planning.rate(0) == 1


def test_a_round_number_is_very_likely_exceeded() -> None:
    plan = planning.decided(Expected(strict=99_000, relaxed=0, every=10**6, within=(0, 0, 0, 0)), 25)
    assert matched._total(0, 193, plan, at_least=25) == search.Count(
        80_000 if plan.rate == 512 else 10_000, exact=False
    )
    assert matched._total(0, 1, plan, at_least=25) == search.Count(25, exact=False)
    assert matched._total(501, 0, plan, at_least=25) == search.Count(500, exact=False)
    assert matched._total(7, 0, plan, at_least=7) == search.Count(7)


def test_date_and_timedelta_stay_in_range() -> None:
    assert buckets.cover(9999, datetime.min.replace(tzinfo=UTC) + timedelta(3), now=_NOW) == ("@0001",)
    assert buckets.cover(1, datetime(9999, 12, 31, tzinfo=UTC), now=_NOW)[-1] == f"@{date.max.isoformat()}"
