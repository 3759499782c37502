"""Charts are arithmetic, and files hold no formulas."""

from datetime import date, timedelta

import pytest

from altavoz.web import csvfile
from altavoz.web.charts import Chart, Point, by_week, round_up


@pytest.mark.parametrize(
    ("figure", "rounded"),
    [
        (0, 0),
        (-3, 0),
        (1, 1),
        (2, 2),
        (3, 3),
        (7, 8),
        (9, 10),
        (10, 10),
        (11, 20),
        (57, 60),
        (999, 1000),
        (1001, 2000),
    ],
)
def test_scales_end_with_a_round_figure(figure: int, rounded: int) -> None:
    assert round_up(figure) == rounded


def test_a_chart_is_arithmetic() -> None:
    points = (Point("one", "1", (50, 10)), Point("two", "2", (0, 0)), Point("three", "3", (25, 40)))
    drawn = Chart(axis="Day", series=("Views", "Reads"), points=points)
    assert (drawn.width, drawn.top, drawn.middle, drawn.total) == (30, 50, 25, 75)
    assert drawn.bars == [("1.5", "0", "100", 0), ("21.5", "50", "50", 2)]
    assert drawn.line == "5,80 15,100 25,20"
    assert drawn.ends == ["1", "2", "3"]
    assert drawn.highest == points[0]


def test_a_chart_of_nothing_is_a_chart() -> None:
    empty = Chart(axis="Day", series=("Views",), points=())
    assert (empty.width, empty.top, empty.middle, empty.total) == (10, 0, None, 0)
    assert (empty.bars, empty.line, empty.ends, empty.highest) == ([], "", [], None)
    two = Chart(axis="Day", series=("Views",), points=(Point("a", "a", (1,)), Point("b", "b", (0,))))
    assert (two.ends, two.middle, two.line) == (["a", "b"], None, "")


def test_weeks_begin_on_monday() -> None:
    days = [(date(2026, 3, 12) + timedelta(days=number), (1, number)) for number in range(7)]
    assert by_week(days) == [(date(2026, 3, 9), (4, 6)), (date(2026, 3, 16), (3, 15))]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("", ""),
        (-1, -1),
    ],
)
def test_no_cell_is_a_formula(cell: object, written: object) -> None:
    assert csvfile.safe(cell) == written
