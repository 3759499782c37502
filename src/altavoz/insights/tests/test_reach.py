"""What pages are told: sums, each day of the period, and little figures kept from the public."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.insights.models import Carried, Daily, FeedDaily, Monthly, Public
from altavoz.insights.queries import (
    Figures,
    Posts,
    PublicFigures,
    PublicMonth,
    ever,
    months,
    most_seen,
    public_reach,
    reach,
    rows,
)
from altavoz.insights.queries.reach import Reach, Row
from altavoz.insights.tests.conftest import NOON

ONE, TWO, CREATOR = "showcase.publication:1", "showcase.publication:2", "showcase.creator:1"


def fill(number: int = 2) -> None:
    """Two days of two works, and of more that belong to others."""
    told = [
        (ONE, 13, "es", "search", 10, 4, 1),
        (ONE, 14, "es", "direct", 3, 0, 0),
        (ONE, 14, "ja", "direct", 20, 5, 2),
        (TWO, 14, "es", "mastodon", 1, 1, 1),
        ("showcase.publication:12", 14, "es", "direct", 1000, 0, 0),
        (ONE, 1, "es", "direct", 500, 0, 0),
    ]
    for subject, day, language, source, views, reads, clicks in told[: number * 3]:
        Daily.objects.create(
            subject=subject,
            day=date(2026, 3, day),
            language=language,
            source=source,
            views=views,
            reads=reads,
            clicks=clicks,
        )


@pytest.mark.django_db
def test_reach_tells_days_languages_and_where_from() -> None:
    fill()
    for day, service, readers in ((13, "", 2), (14, "", 3), (14, "feedly/atom", 40), (1, "", 900)):
        FeedDaily.objects.create(feed=CREATOR, day=date(2026, 3, day), service=service, readers=readers)
    Carried.objects.create(subject=ONE, network="mastodon", language="es", posts=2, last_at=NOON)
    Carried.objects.create(subject=TWO, network="mastodon", language="es", posts=1, last_at=NOON)
    Carried.objects.create(subject=TWO, network="bluesky", language="ja", posts=1, last_at=NOON)
    assert reach([ONE, TWO, CREATOR], date(2026, 3, 12), date(2026, 3, 14)) == Reach(
        since=date(2026, 3, 12),
        until=date(2026, 3, 14),
        total=Figures(34, 10, 4),
        feed_readers=43,
        days=(
            (date(2026, 3, 12), Figures()),
            (date(2026, 3, 13), Figures(10, 4, 1)),
            (date(2026, 3, 14), Figures(24, 6, 3)),
        ),
        languages=(("ja", Figures(20, 5, 2)), ("es", Figures(14, 5, 2))),
        sources=(
            ("direct", Figures(23, 5, 2)),
            ("search", Figures(10, 4, 1)),
            ("mastodon", Figures(1, 1, 1)),
        ),
        posts=(Posts("mastodon", "es", 3), Posts("bluesky", "ja", 1)),
    )


@pytest.mark.django_db
def test_nothing_is_an_answer_too() -> None:
    found = reach([ONE], date(2026, 3, 14), date(2026, 3, 14))
    assert (found.is_empty, found.total, found.days) == (True, Figures(), ((date(2026, 3, 14), Figures()),))
    assert reach([], date(2026, 3, 14), date(2026, 3, 14)).is_empty
    assert (ever([ONE]), most_seen([ONE], date(2026, 3, 1), date(2026, 3, 2)), months([])) == (
        Figures(),
        [],
        [],
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_questions_do_not_grow_with_the_works(
    django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    fill(number)
    asked = [f"showcase.publication:{pk}" for pk in range(1, number + 1)]
    with django_assert_num_queries(3):
        reach(asked, date(2026, 3, 12), date(2026, 3, 14))
    with django_assert_num_queries(1):
        most_seen(asked, date(2026, 3, 12), date(2026, 3, 14))
    with django_assert_num_queries(2):
        ever(asked)
    with django_assert_num_queries(2):
        months(asked)


@pytest.mark.django_db
def test_works_stand_by_their_views() -> None:
    fill()
    assert most_seen([ONE, TWO], date(2026, 3, 12), date(2026, 3, 14)) == [
        (ONE, Figures(33, 9, 3)),
        (TWO, Figures(1, 1, 1)),
    ]
    assert most_seen([ONE, TWO], date(2026, 3, 12), date(2026, 3, 14), limit=1) == [(ONE, Figures(33, 9, 3))]


@pytest.mark.django_db
def test_lines_come_in_order() -> None:
    fill()
    assert list(rows([ONE, TWO], date(2026, 3, 13), date(2026, 3, 14))) == [
        Row(date(2026, 3, 13), ONE, "es", "search", Figures(10, 4, 1)),
        Row(date(2026, 3, 14), ONE, "es", "direct", Figures(3, 0, 0)),
        Row(date(2026, 3, 14), ONE, "ja", "direct", Figures(20, 5, 2)),
        Row(date(2026, 3, 14), TWO, "es", "mastodon", Figures(1, 1, 1)),
    ]


@pytest.mark.django_db
def test_months_join_what_was_rolled_up_and_what_was_not() -> None:
    fill()
    for month, source in ((date(2025, 1, 1), "direct"), (date(2026, 3, 1), "search")):
        Monthly.objects.create(subject=ONE, month=month, language="es", source=source, views=7, clicks=1)
    assert months([ONE]) == [
        _line("2025-01", "es", "direct", 7, 0, 1),
        _line("2026-03", "es", "direct", 503, 0, 0),
        _line("2026-03", "es", "search", 17, 4, 2),
        _line("2026-03", "ja", "direct", 20, 5, 2),
    ]
    assert ever([ONE]) == Figures(547, 9, 5)


def _line(
    month: str, language: str, came_from: str, views: int, reads: int, clicks: int
) -> dict[str, object]:
    return {
        "subject": ONE,
        "month": month,
        "language": language,
        "came_from": came_from,
        "views": views,
        "reads": reads,
        "clicks": clicks,
    }


@pytest.mark.django_db
def test_the_public_is_told_nothing_small() -> None:
    for month, language, views, reads, clicks, readers in (
        ((2026, 3), "es", 120, 30, 4, 12),
        ((2026, 3), "sw", 4, 1, 0, 5),
        ((2026, 2), "es", 80, 5, 6, 40),
        ((2025, 3), "es", 9_999, 9_999, 9_999, 9_999),
    ):
        Public.objects.create(
            month=date(*month, 1),
            language=language,
            views=views,
            reads=reads,
            clicks=clicks,
            feed_readers=readers,
        )
    found = public_reach(datetime(2026, 3, 14, tzinfo=UTC))
    assert found.rows == (
        PublicMonth(date(2026, 3, 1), "es", _public(120, 30, None, 12)),
        PublicMonth(date(2026, 3, 1), "sw", _public(None, None, 0, 5)),
        PublicMonth(date(2026, 2, 1), "es", _public(80, 5, 6, 40)),
    )
    assert found.languages == (("es", _public(200, 35, 6, 40)), ("sw", _public(0, 0, 0, 5)))
    assert found.months == (
        (date(2026, 2, 1), _public(80, 5, 6, 40)),
        (date(2026, 3, 1), _public(120, 30, 0, 17)),
    )


def _public(views: int | None, reads: int | None, clicks: int | None, readers: int | None) -> PublicFigures:
    return PublicFigures(views=views, reads=reads, clicks=clicks, feed_readers=readers)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_public_asks_once(django_assert_num_queries: DjangoAssertNumQueries, number: int) -> None:
    for language in ("es", "ja", "ar")[:number]:
        Public.objects.create(month=date(2026, 3, 1), language=language, views=9)
    with django_assert_num_queries(1):
        assert len(public_reach(NOON).rows) == number
