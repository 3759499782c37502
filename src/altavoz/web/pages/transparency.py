"""Public figures: what is shown, what waits, what was decided, how far it all reached."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from altavoz.insights import queries as insights
from altavoz.insights.queries import PublicFigures, PublicReach
from altavoz.moderation import queries as moderation
from altavoz.web import reaching, readers
from altavoz.web.caching import public_page
from altavoz.web.charts import Chart, Point
from altavoz.web.handlers import WORKS


@public_page(subjects=lambda: {WORKS})
def transparency(request: HttpRequest) -> HttpResponse:
    """Show the figures; those that could point at a person are not shown."""
    voices, at = readers.voices(), timezone.now()
    reach = insights.public_reach(at)
    return render(
        request,
        "web/transparency.html",
        {
            "works": sum(voice.works for voice in voices),
            "voices": len(voices),
            "counts": [row(count) for count in moderation.public_counts(at)],
            "invented": settings.DEMO,
            "chart": over_time(reach),
            "heard": [{"language": tag, "figures": in_order(figures)} for tag, figures in reach.languages],
        },
    )


@public_page(subjects=lambda: {WORKS})
def figures(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Give the same figures to programs."""
    return JsonResponse(told(timezone.now()), json_dumps_params={"ensure_ascii": False})


def told(at: datetime) -> dict[str, Any]:
    """Return every public figure, as JSON takes it; null stands for 1 to 4."""
    voices = readers.voices()
    reach = insights.public_reach(at)
    return {
        "about": "Figures from 1 to 4 are null. Sums leave them out. A device counts once a day for each work.",
        "licence": "CC0-1.0",
        "invented": settings.DEMO,
        "works": {voice.tag: voice.works for voice in voices},
        "decisions_of_30_days": [asdict(count) for count in moderation.public_counts(at)],
        "reach": [
            {"month": f"{one.month:%Y-%m}", "language": one.language} | asdict(one.figures)
            for one in reach.rows
        ],
    }


def row(count: moderation.PublicCount) -> dict[str, object]:
    """Return the figures of one language in the order of the table."""
    figures = (count.waiting, count.published, count.rejected, count.changes_requested)
    return {"language": count.language, "figures": figures}


def in_order(figures: PublicFigures) -> tuple[int | None, ...]:
    """Return the figures of one language in the order of the table."""
    return figures.views, figures.reads, figures.clicks, figures.feed_readers


def over_time(reach: PublicReach) -> Chart:
    """Return the months of all languages together."""
    return Chart(
        axis=_("Month"),
        series=reaching.series(),
        points=tuple(
            Point(
                reaching.month(month),
                reaching.short_month(month),
                (one.views or 0, one.reads or 0, one.clicks or 0),
            )
            for month, one in reach.months
        ),
    )
