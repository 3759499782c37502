"""Leaving no trace: a record that left or changed in a catalogue may be somebody's former name."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from altavoz.core.ledger import actions as ledger
from altavoz.ingest import queries as ingest
from altavoz.showcase import thumbnails
from altavoz.showcase.actions import translating, visibility
from altavoz.showcase.models import Creator, Credit, Publication, Revision
from altavoz.showcase.states import Basis, State, Step


def replace_everywhere(publication: Publication, revision: Revision, *, at: datetime) -> None:
    """Let the new revision of a catalogue record be the only one there ever was; the row is held by the caller.

    An adopted record stays visible with its new content, since the adoption covers it; one that volunteers had
    approved is hidden until they approved the new content. Both go to review again.
    """
    if publication.basis == Basis.CATALOGUE:
        visibility.show(publication, revision, basis=Basis.CATALOGUE, adoption=publication.adoption, at=at)
    elif publication.state in {State.PUBLISHED, State.PENDING}:
        visibility.hide(publication, Step.HIDE, reason="changed_at_source", at=at)
    publication.submitted = 0
    publication.sampled = True
    publication.save(update_fields=["submitted", "sampled"])
    _delete(Revision.objects.filter(publication=publication).exclude(pk=revision.pk), at)


def withdraw_without_trace(publication: Publication, *, at: datetime) -> None:
    """Withdraw what its source no longer has, and erase every revision, address and slug of it.

    Names of creators who are left with no work and no account here go with it. The row is held by the caller.
    """
    if publication.state in {State.WITHDRAWN, State.REMOVED}:
        return
    visibility.hide(publication, Step.WITHDRAW, reason="gone_at_source", at=at)
    creators = list(Credit.objects.filter(publication=publication).values_list("creator_id", flat=True))
    Credit.objects.filter(publication=publication).delete()
    _delete(Revision.objects.filter(publication=publication), at)
    publication.links.all().delete()
    publication.canonical_url = publication.collection = ""
    publication.newest = publication.submitted = publication.declined = 0
    publication.lead = None
    publication.save(update_fields=["canonical_url", "collection", "newest", "submitted", "declined", "lead"])
    forget_creators(creators)
    ledger.append(
        "showcase.withdrawn",
        subject=publication.subject,
        by=None,
        public={"reason": "gone_at_source"},
        at=at,
    )


def _delete(revisions: QuerySet[Revision], at: datetime) -> None:
    """Delete revisions and what people made of their words in other languages."""
    translating.close_cases_of(revisions, at=at)
    thumbnails.release(revisions)
    revisions.delete()


def forget_creators(ids: Collection[int]) -> None:
    """Delete those creators among `ids` whom nobody claimed, who have no channel and are credited with nothing."""
    left = Creator.objects.filter(pk__in=ids, claimed_at=None, credits=None, ownerships=None)
    idle = [row.pk for row in left if not ingest.sources_of(row.subject).exists()]
    Creator.objects.filter(pk__in=idle).delete()
