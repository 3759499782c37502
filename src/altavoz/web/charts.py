"""Figures over time and by class, as shapes: plain values, so that drawing them is arithmetic only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

_STEP, _BAR, _HEIGHT = 10, 7, 100
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Point:
    """One place on the axis: its name, a short name for the axis, and a figure for each series."""

    label: str
    short: str
    figures: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Points in order; the first series is drawn as bars, the second, where there is one, as a line."""

    axis: str  # what the points are: days, months
    series: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def width(self) -> int:
        """Return how wide the drawing is; it is stretched to its place."""
        return max(len(self.points), 1) * _STEP

    @property
    def top(self) -> int:
        """Return the round figure at the upper end of the scale."""
        return round_up(max((max(point.figures[:2]) for point in self.points), default=0))

    @property
    def middle(self) -> int | None:
        """Return the figure half-way up, where there is a whole one."""
        return self.top // 2 if self.top and self.top % 2 == 0 else None

    @property
    def bars(self) -> list[tuple[str, str, str, int]]:
        """Return place, upper end, height and figure of each bar of the first series that is not empty."""
        return [
            (f"{number * _STEP + (_STEP - _BAR) / 2:g}", f"{_HEIGHT - height:g}", f"{height:g}", number)
            for number, point in enumerate(self.points)
            if (height := self._height(point.figures[0]))
        ]

    @property
    def line(self) -> str:
        """Return the corners of the line of the second series; nothing where there is none."""
        if len(self.series) < 2:  # noqa: PLR2004 - a second series
            return ""
        corners = ((number, self._height(point.figures[1])) for number, point in enumerate(self.points))
        return " ".join(f"{number * _STEP + _STEP / 2:g},{_HEIGHT - height:g}" for number, height in corners)

    @property
    def ends(self) -> list[str]:
        """Return what stands below the axis: the first point, one in the middle, the last."""
        shown = self.points
        places = sorted({0, len(shown) // 2, len(shown) - 1}) if len(shown) > 2 else range(len(shown))  # noqa: PLR2004 - all of them
        return [shown[place].short for place in places]

    @property
    def total(self) -> int:
        """Return the sum of the first series."""
        return sum(point.figures[0] for point in self.points)

    @property
    def highest(self) -> Point | None:
        """Return the point with the highest figure of the first series, the earliest of equals."""
        return max(self.points, key=lambda point: point.figures[0], default=None)

    def _height(self, figure: int) -> float:
        return round(figure * _HEIGHT / self.top, 2) if self.top else 0


@dataclass(frozen=True)
class Share:
    """One class in a table with bars: its name (in `language`, where it is a foreign one) and its figures."""

    label: str
    figures: tuple[int, ...]
    language: str = ""
    href: str = ""


def round_up(figure: int) -> int:
    """Return the next of 0, 1, 2, 3, 4, 5, 6, 8, 10, 20 … that is not below the figure."""
    if figure <= 0:
        return 0
    scale = int(10 ** (len(str(figure)) - 1))
    return next(step * scale for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * scale >= figure)


def by_week(days: Iterable[tuple[date, Sequence[int]]]) -> list[tuple[date, tuple[int, ...]]]:
    """Return the sums of each week by its Monday."""
    weeks = groupby(days, key=lambda pair: pair[0] - timedelta(days=pair[0].weekday()))
    return [
        (monday, tuple(map(sum, zip(*(figures for _, figures in group), strict=True))))
        for monday, group in weeks
    ]
