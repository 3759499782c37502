"""What a creator's desk asks: one page of works in their newest revision, and how many there are in each state."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import Count, F, Q

from altavoz.showcase.models import Publication, Revision
from altavoz.showcase.queries import DeskWork
from altavoz.showcase.states import State


class Shelf(StrEnum):
    """How a desk sorts its works."""

    NEEDED = "needed"  # the creator can do something about it
    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


_UNDECIDED = Q(state__in=(State.DRAFT, State.PENDING))
_DECLINED = Q(declined__gt=0, declined=F("newest"), state__in=(State.DRAFT, State.PUBLISHED))
_NEEDED = _DECLINED | (_UNDECIDED & Q(language="und"))
_SHELVES: Mapping[Shelf, Q] = {
    Shelf.NEEDED: _NEEDED,
    Shelf.WAITING: _UNDECIDED & ~_NEEDED,
    Shelf.SHOWN: Q(state=State.PUBLISHED),
    Shelf.HIDDEN: Q(state__in=(State.SUSPENDED, State.REMOVED, State.WITHDRAWN)),
}


def works(
    creator_pk: int, *, shelf: Shelf | None = None, before: int | None = None, limit: int = 20
) -> list[DeskWork]:
    """Return the works of a creator whatever their state, newest first, by one query; `before` pages on by id."""
    mine = Publication.objects.filter(lead=creator_pk)
    if shelf is not None:
        mine = mine.filter(_SHELVES[shelf])
    if before is not None:
        mine = mine.filter(pk__lt=before)
    rows = Revision.objects.filter(publication__in=mine, number=F("publication__newest"))
    found = rows.select_related("publication__published_revision").order_by("-publication_id")[:limit]
    return [DeskWork(row.publication, row) for row in found]


def counts(creator_pk: int) -> Mapping[Shelf | None, int]:
    """Return how many works stand on each shelf, and under None how many there are; one query."""
    asked = {shelf.value: Count("pk", filter=condition) for shelf, condition in _SHELVES.items()}
    told = Publication.objects.filter(lead=creator_pk, newest__gt=0).aggregate(every=Count("pk"), **asked)
    return {None: told["every"], **{shelf: told[shelf.value] for shelf in Shelf}}
