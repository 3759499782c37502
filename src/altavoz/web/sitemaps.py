"""The addresses we offer to search engines, in parts that never move: works by ranges of their ids."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from altavoz.showcase import queries as showcase

_SPAN = 2_000  # × 6 languages, each with its alternates, stays well below the 50 MB a part may weigh
_PLAIN = (
    "",
    "explore/",
    "languages/",
    "creators/",
    "about/",
    "guidelines/",
    "transparency/",
    "privacy/",
    "accessibility/",
)


@dataclass(frozen=True)
class Listed:
    """A page below the interface language, and when it last changed."""

    page: str
    changed_at: datetime | None = None


def parts() -> range:
    """Return the numbers of the parts: 0 for the plain pages, from 1 on for works."""
    highest = showcase.visible().aggregate(highest=Max("pk"))["highest"] or 0
    return range(1 + -(-highest // _SPAN))


def pages(part: int) -> tuple[Listed, ...]:
    """Return the pages of a part; none for a part that has no visible work."""
    if part == 0:
        return tuple(Listed(page) for page in _PLAIN)
    rows = showcase.visible().filter(pk__gt=(part - 1) * _SPAN, pk__lte=part * _SPAN)
    shown = rows.select_related("published_revision").order_by("pk")
    return tuple(
        Listed(row.published_revision.page, row.changed_at) for row in shown if row.published_revision
    )
