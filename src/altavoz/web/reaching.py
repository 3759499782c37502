"""The figures of insights as pages show them: periods, charts, shares, lines of a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from altavoz.core import subjects
from altavoz.core.languages import autonym
from altavoz.insights.queries import Figures, Reach, Row
from altavoz.insights.queries.known import WORK
from altavoz.insights.states import What
from altavoz.insights.words import source_in_words
from altavoz.web import formatting
from altavoz.web.cards import Link
from altavoz.web.charts import Chart, Point, Share, by_week

DAYS = (7, 30, 365)
_USUAL = 30
_MOST_BARS = 92  # more are drawn by week
_AT_ONCE = 500


@dataclass(frozen=True)
class Period:
    """So many days up to today, in UTC."""

    days: int
    until: date

    @property
    def since(self) -> date:
        """Return the first of the days."""
        return self.until - timedelta(days=self.days - 1)


def period(given: str, at: datetime) -> Period:
    """Return the period that was asked for, or the usual one."""
    days = next((known for known in DAYS if str(known) == given), _USUAL)
    return Period(days, at.date())


def periods(chosen: Period, more: dict[str, str]) -> tuple[Link, ...]:
    """Return the choice of periods."""
    return tuple(
        Link(
            label=ngettext("%(days)s day", "%(days)s days", days) % {"days": formatting.number(days)},
            href=query(days, more),
            active=days == chosen.days,
        )
        for days in DAYS
    )


def query(days: int, more: dict[str, str]) -> str:
    """Return the part of an address that names the period."""
    return f"?{urlencode(more | {'days': str(days)})}"


def series() -> tuple[str, ...]:
    """Return what the three figures are called."""
    return tuple(str(what.label) for what in What)


def over_time(found: Reach) -> Chart:
    """Return the period day by day, or week by week where it is long."""
    by_day = len(found.days) <= _MOST_BARS
    points = list(found.days) if by_day else by_week(found.days)
    return Chart(
        axis=_("Day") if by_day else _("Week from"),
        series=series(),
        points=tuple(Point(_day(day), _short(day), tuple(figures)) for day, figures in points),
    )


def _day(day: date) -> str:
    return format_date(day, format="medium", locale=formatting.current())


def _short(day: date) -> str:
    """Return day and month without the year."""
    return str(format_skeleton("MMMd", day, locale=formatting.current()))


def month(day: date) -> str:
    """Return month and year in words."""
    return str(format_skeleton("yMMMM", day, locale=formatting.current()))


def short_month(day: date) -> str:
    """Return month and year in few letters."""
    return str(format_skeleton("yMMM", day, locale=formatting.current()))


def languages_of(found: Reach) -> list[Share]:
    """Return the reach by the language of the page, each by its own name."""
    names = dict(settings.LANGUAGES)
    return [
        Share(names.get(code, code), tuple(figures), formatting.bcp47(code))
        for code, figures in found.languages
    ]


def sources_of(found: Reach) -> list[Share]:
    """Return the reach by where readers came from."""
    return [Share(str(source_in_words(source)), tuple(figures)) for source, figures in found.sources]


def posts_of(found: Reach) -> list[Share]:
    """Return where promotion carried the works."""
    return [
        Share(f"{source_in_words(row.network)} · {autonym(row.language)}", (row.posts,))
        for row in found.posts
    ]


def works(seen: Sequence[tuple[str, Figures]], chosen: Period) -> list[Share]:
    """Return the works, and the creator's own page, with the most views; three questions and one for the page."""
    described = subjects.describe_many([subject for subject, _figures in seen])
    return [_work(described[subject], figures, chosen) for subject, figures in seen if subject in described]


def _work(described: subjects.Description, figures: Figures, chosen: Period) -> Share:
    label, pk = subjects.parse(described.subject)
    if label != WORK:
        return Share(pgettext("a creator's page, in a list of works", "The page about you"), tuple(figures))
    href = f"{reverse('web:desk_work_reach', args=[pk])}{query(chosen.days, {})}"
    return Share(described.title, tuple(figures), described.language, href)


def table(rows: Iterable[Row]) -> Iterator[Sequence[object]]:
    """Yield the lines of a file: a head, then a line for each day, work, language and class of source."""
    head = (_("Day"), _("Title"), _("Address"), _("Language of the page"), _("Came from"), *series())
    return _lines(head, rows)


def _lines(head: Sequence[object], rows: Iterable[Row]) -> Iterator[Sequence[object]]:
    yield head
    known: dict[str, tuple[str, str]] = {}
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        fresh = {row.subject for row in some} - known.keys()
        known |= dict.fromkeys(fresh, ("", "")) | {
            subject: (one.title, one.url) for subject, one in subjects.describe_many(fresh).items()
        }
        for row in some:
            where = formatting.bcp47(row.language)
            yield row.day.isoformat(), *known[row.subject], where, row.source, *row.figures
