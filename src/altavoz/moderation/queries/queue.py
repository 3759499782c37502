"""The queue as a claim sees it: what waits, in which order, and what is in somebody's hands."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from altavoz.moderation.models import Case, Ended, Exclusion, Lease, Vote
from altavoz.moderation.states import Lane, Status
from altavoz.people.models import Account

#: For how long a case is not offered again to somebody who passed on it.
SKIP_REST: Final = timedelta(hours=12)


def open_leases(at: datetime) -> QuerySet[Lease]:
    """Return the leases in force: not ended, not run out. Nothing has to sweep up the others."""
    return Lease.objects.filter(ended_at__isnull=True, expires_at__gt=at)


def has_free_slot(case: Case, at: datetime) -> bool:
    """Tell whether one more person may take the case; true only for who holds the lock on its row."""
    return open_leases(at).filter(case=case).count() < case.votes_needed


def candidates(
    account: Account, *, language: str, lanes: Collection[Lane], at: datetime, limit: int
) -> QuerySet[Case]:
    """Return the first cases of one queue that the person may be handed, by due date.

    Who is too close to the author, or reported the work, is found out later, under the lock, and then kept as an
    exclusion.
    """
    lane = Q(lane=Lane.URGENT) if Lane.URGENT in lanes else ~Q(lane=Lane.URGENT)
    return (
        Case.objects.filter(lane, state=Status.OPEN, language=language)
        .filter(~Exists(Vote.objects.filter(case=OuterRef("pk"), moderator=account)))
        .filter(~Exists(Exclusion.objects.filter(case=OuterRef("pk"), moderator=account)))
        .filter(~Exists(_resting(account, at)))
        .alias(leased=_leased(at))
        .filter(leased__lt=F("votes_needed"))
        .order_by("due_at")[:limit]
    )


def _resting(account: Account, at: datetime) -> QuerySet[Lease]:
    """Return leases that keep a case from this person: one in their hands, or passed on lately."""
    in_hand = Q(ended_at__isnull=True, expires_at__gt=at)
    passed_on = Q(ended_because=Ended.SKIPPED, ended_at__gt=at - SKIP_REST)
    return Lease.objects.filter(in_hand | passed_on, case=OuterRef("pk"), moderator=account)


def _leased(at: datetime) -> Coalesce:
    counted = (
        open_leases(at).filter(case=OuterRef("pk")).order_by().values("case").annotate(count=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("count"), output_field=IntegerField()), 0)
