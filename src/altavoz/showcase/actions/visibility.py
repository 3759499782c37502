"""Making a publication visible or hiding it, everywhere at once: page, search, networks and caches follow."""

from datetime import datetime

from altavoz.core import events
from altavoz.moderation import actions as moderation
from altavoz.promotion import actions as promotion
from altavoz.search import actions as search
from altavoz.showcase import documents
from altavoz.showcase.events import PublicationHidden, PublicationPublished
from altavoz.showcase.models import Publication, Revision
from altavoz.showcase.states import Basis, Step, after

_FIELDS = ["state", "published_revision", "basis", "adoption", "first_published_at", "changed_at"]


def show(
    publication: Publication, revision: Revision, *, basis: Basis, adoption: int | None = None, at: datetime
) -> None:
    """Make one revision the visible one; the caller holds the row and the transaction.

    Afterwards it is in the index, and on quorum (never on adoption alone) offered to the networks.
    """
    publication.state = after(publication.state, Step.PUBLISH)
    publication.published_revision = revision
    publication.basis = basis
    publication.adoption = adoption
    publication.first_published_at = publication.first_published_at or at
    publication.changed_at = at
    publication.save(update_fields=_FIELDS)
    search.put(*documents.documents([publication.pk]))
    if basis == Basis.QUORUM and publication.promotable:
        _offer(publication, revision, at=at)
    events.record(
        PublicationPublished(
            subject=publication.subject,
            revision=revision.number,
            basis=basis,
            creators=_creators(publication),
            language=revision.spoken_language,
        ),
        at=at,
    )


def _offer(publication: Publication, revision: Revision, *, at: datetime) -> None:
    creators = _creators(publication)
    promotion.offer(
        subject=publication.subject,
        revision=revision.number,
        language=revision.spoken_language,
        creator=creators[0] if creators else "",
        at=at,
    )


def hide(publication: Publication, step: Step, *, reason: str, at: datetime) -> None:
    """Take a step that leaves the publication invisible; the caller holds the row and the transaction.

    Afterwards it is in no list, index or feed, its case is closed unless a case caused this, and what was posted of
    it is being withdrawn.
    """
    shown = publication.published_revision
    language = shown.spoken_language if shown else ""
    publication.state = after(publication.state, step)
    publication.published_revision = None
    publication.basis = ""
    publication.adoption = None
    publication.changed_at = at
    publication.save(update_fields=_FIELDS)
    search.remove(publication.subject)
    promotion.withdraw(subject=publication.subject, reason=reason, at=at)
    if step in {Step.WITHDRAW, Step.REMOVE}:
        moderation.close_case(subject=publication.subject, reason=reason, at=at)
    events.record(
        PublicationHidden(
            subject=publication.subject, reason=reason, creators=_creators(publication), language=language
        ),
        at=at,
    )


def _creators(publication: Publication) -> tuple[str, ...]:
    return tuple(credit.creator.subject for credit in publication.credits.select_related("creator"))
