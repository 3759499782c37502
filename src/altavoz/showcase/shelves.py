"""What catalogues hold in a language, as the leads of its team need it to vouch for them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Q

from altavoz.showcase.models import Catalogue, Publication


@dataclass(frozen=True)
class Part:
    """One category of a catalogue: its own name for it, and how many works of the language it has."""

    name: str
    works: int


@dataclass(frozen=True)
class Shelf:
    """A catalogue in one language: its categories by name, its works, and how many of them are visible."""

    catalogue: Catalogue
    language: str
    parts: tuple[Part, ...]
    works: int
    visible: int


def shelves(languages: Collection[str]) -> tuple[Shelf, ...]:
    """Return the catalogues that have works in those languages, by name and language, in two queries."""
    held = Publication.objects.filter(catalogue__isnull=False, language__in=languages)
    rows = list(
        held.values("catalogue_id", "language", "collection")
        .annotate(works=Count("pk"), visible=Count("pk", filter=Q(published_revision__isnull=False)))
        .order_by("catalogue_id", "language", "collection")
    )
    known = Catalogue.objects.in_bulk({row["catalogue_id"] for row in rows})
    grouped = groupby(rows, key=lambda row: (row["catalogue_id"], row["language"]))
    found = [_shelf(known[pk], language, list(parts)) for (pk, language), parts in grouped]
    return tuple(sorted(found, key=lambda shelf: (shelf.catalogue.name, shelf.language)))


def _shelf(catalogue: Catalogue, language: str, rows: Sequence[Mapping[str, Any]]) -> Shelf:
    parts = tuple(Part(row["collection"], row["works"]) for row in rows)
    visible = sum(row["visible"] for row in rows)
    return Shelf(catalogue, language, parts, sum(part.works for part in parts), visible)
