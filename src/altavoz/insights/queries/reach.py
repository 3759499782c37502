"""How far works reached: one function that asks three questions, however many works there are."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, Sum

from altavoz.insights.models import Carried, Daily, FeedDaily, Monthly


class Figures(NamedTuple):
    """Views, reads, and visits to the original."""

    views: int = 0
    reads: int = 0
    clicks: int = 0


@dataclass(frozen=True)
class Posts:
    """How often works were posted on a network in a language."""

    network: str
    language: str
    posts: int


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far works reached from one day to another, both included (days end at midnight UTC).

    A device counts once a day for each work, so a total is a sum of days, not of people. `feed_readers` is that of
    the best day. `posts` are all there ever were. Languages (of the page that was read) and sources (values of
    `states.Source`) come with the most views first.
    """

    since: date
    until: date
    total: Figures
    feed_readers: int
    days: tuple[tuple[date, Figures], ...]  # each day of the period, empty ones too
    languages: tuple[tuple[str, Figures], ...]
    sources: tuple[tuple[str, Figures], ...]
    posts: tuple[Posts, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all is known."""
        return self.total == Figures() and not self.feed_readers and not self.posts


_REACH = """
    SELECT day, language, source, sum(views), sum(reads), sum(clicks) FROM insights_daily
    WHERE subject = ANY(%s) AND day BETWEEN %s AND %s
    GROUP BY GROUPING SETS ((day), (language), (source), ())
"""


def reach(subjects: Collection[str], since: date, until: date) -> Reach:
    """Return how far the works and creators of these subjects reached; three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_REACH, [list(subjects), since, until])
        rows = [(*row[:3], Figures(*(int(figure or 0) for figure in row[3:]))) for row in cursor.fetchall()]
    by_day = {day: figures for day, _, _, figures in rows if day}
    return Reach(
        since=since,
        until=until,
        total=next(
            (figures for day, language, source, figures in rows if not (day or language or source)), Figures()
        ),
        feed_readers=_feed_readers(subjects, since, until),
        days=tuple((day, by_day.get(day, Figures())) for day in _days(since, until)),
        languages=_ordered([(language, figures) for _, language, _, figures in rows if language]),
        sources=_ordered([(source, figures) for _, _, source, figures in rows if source]),
        posts=_posts(subjects),
    )


def _days(since: date, until: date) -> Iterator[date]:
    return (since + timedelta(days=number) for number in range((until - since).days + 1))


def _ordered(shares: Sequence[tuple[str, Figures]]) -> tuple[tuple[str, Figures], ...]:
    return tuple(sorted(shares, key=lambda share: (-share[1].views, -share[1].reads, share[0])))


def _feed_readers(subjects: Collection[str], since: date, until: date) -> int:
    days = FeedDaily.objects.filter(feed__in=list(subjects), day__range=(since, until)).values("day")
    counted = days.annotate(of_day=Sum("readers")).order_by()
    return int(counted.aggregate(best=Max("of_day"))["best"] or 0)


def _posts(subjects: Collection[str]) -> tuple[Posts, ...]:
    rows = Carried.objects.filter(subject__in=list(subjects)).values("network", "language")
    summed = rows.annotate(total=Sum("posts")).order_by("-total", "network", "language")
    return tuple(Posts(row["network"], row["language"], row["total"]) for row in summed)


def ever(subjects: Collection[str]) -> Figures:
    """Return all that was counted since the beginning; two queries."""
    named = list(subjects)
    sums = {name: Sum(name) for name in Figures._fields}
    parts = [model.objects.filter(subject__in=named).aggregate(**sums) for model in (Daily, Monthly)]
    return Figures(*(sum(part[name] or 0 for part in parts) for name in Figures._fields))


def most_seen(
    subjects: Collection[str], since: date, until: date, *, limit: int = 20
) -> list[tuple[str, Figures]]:
    """Return those with the most views in the period; one query."""
    found = Daily.objects.filter(subject__in=list(subjects), day__range=(since, until))
    summed = found.values_list("subject").annotate(
        of_views=Sum("views"), of_reads=Sum("reads"), of_clicks=Sum("clicks")
    )
    ordered = summed.order_by("-of_views", "-of_reads", "subject")[:limit]
    return [(subject, Figures(*figures)) for subject, *figures in ordered]


@dataclass(frozen=True)
class Row:
    """One line of the figures as they are given out."""

    day: date
    subject: str
    language: str
    source: str
    figures: Figures


def rows(subjects: Collection[str], since: date, until: date) -> Iterator[Row]:
    """Yield every line of the period by day, then subject; fetched little by little."""
    found = Daily.objects.filter(subject__in=list(subjects), day__range=(since, until))
    for row in found.order_by("day", "subject", "language", "source").iterator(chunk_size=2_000):
        figures = Figures(row.views, row.reads, row.clicks)
        yield Row(row.day, row.subject, row.language, row.source, figures)


def months(subjects: Collection[str]) -> list[dict[str, Any]]:
    """Return all that is kept, by month, work, language and class of source, ready for JSON; two queries."""
    named = list(subjects)
    sums: dict[tuple[str, str, str, str], list[int]] = {}
    recent = Daily.objects.filter(subject__in=named).values_list(
        "subject", "day__year", "day__month", "language", "source"
    )
    for *place, views, reads, clicks in recent.annotate(Sum("views"), Sum("reads"), Sum("clicks")).order_by():
        subject, year, month, language, source = place
        sums[subject, f"{year:04}-{month:02}", language, source] = [views, reads, clicks]
    for old in Monthly.objects.filter(subject__in=named).order_by("pk"):
        name = (old.subject, f"{old.month:%Y-%m}", old.language, old.source)
        before = sums.get(name, [0, 0, 0])
        sums[name] = [before[0] + old.views, before[1] + old.reads, before[2] + old.clicks]
    names = ("subject", "month", "language", "came_from", "views", "reads", "clicks")
    return [dict(zip(names, (*place, *figures), strict=True)) for place, figures in sorted(sums.items())]
