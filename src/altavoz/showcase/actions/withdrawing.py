"""Taking a work off, everywhere: by its creator, or by the moderators."""

from datetime import datetime

from django.db import transaction

from altavoz.core.ledger import actions as ledger
from altavoz.people.models import Account
from altavoz.showcase import policies, thumbnails
from altavoz.showcase.actions import visibility
from altavoz.showcase.models import Publication, Revision
from altavoz.showcase.states import Step


@transaction.atomic
def withdraw(*, publication: Publication, by: Account, at: datetime) -> None:
    """Withdraw a work at the wish of its creator.

    Afterwards it is off every page, list, feed and index, its pictures are being deleted, its case is closed, what was
    posted of it is being taken back, and it does not return when its source is read again. Raises PermissionDenied
    for anyone but an owner, and StepRefusedError where it is withdrawn or removed already.
    """
    locked = Publication.objects.select_for_update().get(pk=publication.pk)
    policies.demand("showcase.withdraw_publication", by, locked)
    visibility.hide(locked, Step.WITHDRAW, reason="withdrawn_by_creator", at=at)
    thumbnails.release(Revision.objects.filter(publication=locked))
    locked.submitted = locked.newest
    locked.save(update_fields=["submitted"])
    ledger.append(
        "showcase.withdrawn",
        subject=locked.subject,
        by=by.pk,
        public={"reason": "withdrawn_by_creator"},
        at=at,
    )


@transaction.atomic
def remove(*, publication: Publication, reason: str, at: datetime) -> None:
    """Remove a work by a decision of the moderators, who keep the record of it; it never returns by itself."""
    locked = Publication.objects.select_for_update().get(pk=publication.pk)
    visibility.hide(locked, Step.REMOVE, reason=reason, at=at)
    thumbnails.release(Revision.objects.filter(publication=locked))
