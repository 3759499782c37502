"""What is visible, in ranges of ids: for those who read all of it, piece by piece, at the same cost for each piece."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from altavoz.showcase.models import Creator, Credit, Publication

# From each range straight to the next that has anything: one look into the index for each.
_SPANS = """
    WITH RECURSIVE spans(n) AS (
        SELECT (SELECT (id - 1) / %(span)s FROM {table} WHERE {where} ORDER BY id LIMIT 1)
        UNION ALL
        SELECT (SELECT (id - 1) / %(span)s FROM {table} WHERE id > (n + 1) * %(span)s AND {where} ORDER BY id LIMIT 1)
        FROM spans WHERE n IS NOT NULL
    )
    SELECT n FROM spans WHERE n IS NOT NULL
"""
_WORKS = _SPANS.format(table="showcase_publication", where="published_revision_id IS NOT NULL")
_CREATORS = _SPANS.format(
    table="showcase_creator",
    where="""(claimed_at IS NOT NULL OR EXISTS (
        SELECT FROM showcase_credit credit JOIN showcase_publication work ON work.id = credit.publication_id
        WHERE credit.creator_id = showcase_creator.id AND work.published_revision_id IS NOT NULL))""",
)


def work_spans(span: int) -> list[int]:
    """Return the numbers n for which there are visible works with ids from n * span + 1 to (n + 1) * span."""
    return _spans(_WORKS, span)


def creator_spans(span: int) -> list[int]:
    """Return the same of creators who have a page."""
    return _spans(_CREATORS, span)


def _spans(statement: str, span: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"span": span})
        return [number for (number,) in cursor.fetchall()]


def works(number: int, span: int) -> QuerySet[Publication]:
    """Return the visible works of a range, by id, with their revisions."""
    rows = Publication.objects.filter(
        pk__gt=number * span, pk__lte=(number + 1) * span, published_revision__isnull=False
    )
    return rows.select_related("published_revision").order_by("pk")


def creators(number: int, span: int) -> QuerySet[Creator]:
    """Return the creators of a range who have a page, by id."""
    seen = Credit.objects.filter(creator=OuterRef("pk"), publication__published_revision__isnull=False)
    rows = Creator.objects.filter(pk__gt=number * span, pk__lte=(number + 1) * span)
    return rows.filter(Q(claimed_at__isnull=False) | Q(Exists(seen))).order_by("pk")


def every_work(span: int) -> Iterator[QuerySet[Publication]]:
    """Return all visible works, range by range."""
    return (works(number, span) for number in work_spans(span))


def every_creator(span: int) -> Iterator[QuerySet[Creator]]:
    """Return all creators who have a page, range by range."""
    return (creators(number, span) for number in creator_spans(span))
