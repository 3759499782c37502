"""What everybody may know of reach: by month and spoken language, small figures left out."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from altavoz.insights.models import Public

#: Figures from 1 to 4 could point at a person.
SMALLEST = 5
_MONTHS = 12
_K = TypeVar("_K", str, date)


@dataclass(frozen=True, kw_only=True)
class PublicFigures:
    """Sums; None stands for 1 to 4."""

    views: int | None
    reads: int | None
    clicks: int | None
    feed_readers: int | None


@dataclass(frozen=True)
class PublicMonth:
    """The reach of all works of one spoken language in one month."""

    month: date
    language: str
    figures: PublicFigures


@dataclass(frozen=True)
class PublicReach:
    """What is told: each month of each language, newest first.

    Sums of languages and of months add up only what is told, so that no small figure can be worked out from them.
    A language's feed readers are those of its best day.
    """

    rows: tuple[PublicMonth, ...]
    languages: tuple[tuple[str, PublicFigures], ...]  # most views first
    months: tuple[tuple[date, PublicFigures], ...]  # oldest first


def public_reach(at: datetime) -> PublicReach:
    """Return the reach of the last twelve months, this one included; one query."""
    first = at.year * 12 + at.month - _MONTHS
    since = date(first // 12, first % 12 + 1, 1)
    found = Public.objects.filter(month__gte=since).order_by("-month", "language")
    rows = tuple(PublicMonth(row.month, row.language, _told(row)) for row in found)
    languages = _summed(rows, lambda row: row.language, best_readers=True)
    months = _summed(rows, lambda row: row.month, best_readers=False)
    return PublicReach(
        rows,
        tuple(sorted(languages.items(), key=lambda pair: (-(pair[1].views or 0), pair[0]))),
        tuple(sorted(months.items())),
    )


def _told(row: Public) -> PublicFigures:
    return PublicFigures(
        views=_shown(row.views),
        reads=_shown(row.reads),
        clicks=_shown(row.clicks),
        feed_readers=_shown(row.feed_readers),
    )


def _shown(figure: int) -> int | None:
    return None if 0 < figure < SMALLEST else figure


def _summed(
    rows: tuple[PublicMonth, ...], key: Callable[[PublicMonth], _K], *, best_readers: bool
) -> dict[_K, PublicFigures]:
    grouped: dict[_K, list[PublicFigures]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row.figures)
    return {name: _sum(parts, best_readers=best_readers) for name, parts in grouped.items()}


def _sum(parts: list[PublicFigures], *, best_readers: bool) -> PublicFigures:
    readers = [part.feed_readers or 0 for part in parts]
    return PublicFigures(
        views=sum(part.views or 0 for part in parts),
        reads=sum(part.reads or 0 for part in parts),
        clicks=sum(part.clicks or 0 for part in parts),
        feed_readers=max(readers) if best_readers else sum(readers),
    )
