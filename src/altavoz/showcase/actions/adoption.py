"""Adopted catalogues: what two leads decided is shown at once, a sample of it reviewed, none of it promoted."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from altavoz.core import events, subjects
from altavoz.promotion import actions as promotion
from altavoz.search import actions as search
from altavoz.showcase import documents
from altavoz.showcase.events import CatalogueVisibilityChanged
from altavoz.showcase.models import Publication, Revision
from altavoz.showcase.states import Basis, State

#: One adopted record in twenty goes through normal review.
SAMPLED_PER_MILLE = 50
_BATCH = 500


def sampled(pk: int) -> bool:
    """Say whether an adopted record is in the sample: by hash of its number, so that nobody chooses."""
    return (
        int.from_bytes(hashlib.sha256(f"sample:{pk}".encode()).digest()[:4], "big") % 1_000
        < SAMPLED_PER_MILLE
    )


@transaction.atomic
def adopt_batch(
    *, catalogue: str, language: str, collections: Sequence[str], adoption: int, at: datetime
) -> bool:
    """Show the next 500 records of an adopted catalogue; return whether there may be more.

    Shown are unseen records whose language it is, within the collections (none means all), except those
    that volunteers declined; what they have in review is shown meanwhile. None of them is offered to a network.
    """
    rows = list(_adoptable(catalogue, language, collections).select_for_update(skip_locked=True)[:_BATCH])
    newest = Revision.objects.filter(publication__in=rows, number=F("publication__newest"))
    by_publication = {revision.publication_id: revision for revision in newest}
    for row in rows:
        row.state, row.basis, row.adoption = State.PUBLISHED, Basis.CATALOGUE, adoption
        row.published_revision = by_publication[row.pk]
        row.first_published_at = row.first_published_at or at
        row.changed_at = at
        row.sampled = row.submitted > 0 or sampled(row.pk)
    Publication.objects.bulk_update(
        rows,
        ["state", "basis", "adoption", "published_revision", "first_published_at", "changed_at", "sampled"],
    )
    search.put(*documents.documents([row.pk for row in rows]))
    _tell(catalogue, language, len(rows), at)
    return len(rows) == _BATCH


def _adoptable(catalogue: str, language: str, collections: Sequence[str]) -> QuerySet[Publication]:
    rows = Publication.objects.filter(
        catalogue_id=subjects.key_of(catalogue),
        state__in=(State.DRAFT, State.PENDING),
        declined=0,
        language=language,
    )
    return (rows.filter(collection__in=collections) if collections else rows).order_by("pk")


@transaction.atomic
def hide_adopted_batch(*, adoption: int, at: datetime) -> bool:
    """Hide the next 500 records that stand on an adoption alone; return whether there may be more."""
    shown = Publication.objects.filter(adoption=adoption, basis=Basis.CATALOGUE).select_related("catalogue")
    rows = list(shown.select_for_update(of=("self",)).order_by("pk")[:_BATCH])
    for row in rows:
        row.state, row.basis, row.adoption, row.published_revision = State.DRAFT, "", None, None
        row.changed_at = at
    Publication.objects.bulk_update(rows, ["state", "basis", "adoption", "published_revision", "changed_at"])
    search.remove(*(row.subject for row in rows))
    for row in rows:
        promotion.withdraw(subject=row.subject, reason="adoption_revoked", at=at)
    if rows and rows[0].catalogue:
        _tell(rows[0].catalogue.subject, rows[0].language, len(rows), at)
    return len(rows) == _BATCH


def _tell(catalogue: str, language: str, count: int, at: datetime) -> None:
    events.record(CatalogueVisibilityChanged(subject=catalogue, language=language, count=count), at=at)
