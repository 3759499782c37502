"""Handing out cases: a claim, more time for it, and passing on it. Assigned, not chosen."""

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from altavoz.moderation import policies, queries
from altavoz.moderation.actions.locks import hold, hold_lease
from altavoz.moderation.actions.writing import end_leases
from altavoz.moderation.models import Case, Cause, Ended, Exclusion, Lease
from altavoz.moderation.models.lease import CAP, LENGTH, MOST_PER_PERSON
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import WHY_NOT, Code, Lane, Status
from altavoz.moderation.states.ordering import PICKS, lanes_for
from altavoz.people.models import Account

#: Which of the cases due first somebody gets is drawn by lot, so that two friends cannot meet on purpose.
_HEADS: Final = 10
#: Rounds after which a desk under siege says "nothing right now" rather than waiting in a ring.
_ROUNDS: Final = 20
_MOST_SKIPS: Final = 5
_SKIPS_WITHIN: Final = timedelta(hours=1)
_lot: Final = random.SystemRandom()


@transaction.atomic
def claim(
    *, by: Account, at: datetime, languages: Collection[str] | None = None, lot: random.Random = _lot
) -> Lease | None:
    """Put one waiting case into the person's hands for three minutes; None where nothing waits for them.

    The case is one of those due first in one of their languages (or of `languages`), from the urgent lane four
    times of five, never one they voted on, reported, recused from, passed on lately or are too close to. Afterwards
    no more people hold it than votes are needed. Raises Refused: not_permitted, too_many_leases.
    """
    mine = policies.languages_of(by)
    asked = [language for language in mine if languages is None or language in languages]
    if not asked:
        raise Refused(Code.NOT_PERMITTED)
    hold(f"desk {by.pk}")
    if queries.open_leases(at).filter(moderator=by).count() >= MOST_PER_PERSON:
        raise Refused(Code.TOO_MANY_LEASES)
    for lanes in lanes_for(lot.randrange(PICKS)):
        for _ in range(_ROUNDS):
            heads = _heads(by, asked, lanes, at)
            lot.shuffle(heads)
            if lease := _first_taken(heads, by, at):
                return lease
            if not heads:
                break
    return None


def _heads(by: Account, languages: Sequence[str], lanes: Collection[Lane], at: datetime) -> list[int]:
    """Return the cases due first over all the languages: one bounded question per queue."""
    found = [
        (case.due_at, case.pk)
        for language in languages
        for case in queries.candidates(by, language=language, lanes=lanes, at=at, limit=_HEADS)
    ]
    return [pk for _due, pk in sorted(found)[:_HEADS]]


def _first_taken(heads: Sequence[int], by: Account, at: datetime) -> Lease | None:
    return next((lease for pk in heads if (lease := _take(pk, by, at)) is not None), None)


def _take(case_id: int, by: Account, at: datetime) -> Lease | None:
    """Lock the case, then look again in a second statement: only that one sees what others just committed.

    A row that somebody else holds is left to them; waiting while holding others could end in a ring.
    """
    unlocked = Case.objects.select_for_update(skip_locked=True).filter(pk=case_id, state=Status.OPEN)
    case = unlocked.first()
    if case is None or not queries.has_free_slot(case, at):
        return None
    if queries.is_barred(case, by):
        Exclusion.objects.get_or_create(case=case, moderator=by, defaults={"cause": Cause.CONFLICT, "at": at})
        return None
    end_leases(case, because=Ended.EXPIRED, at=at, of=by)
    return Lease.objects.create(case=case, moderator=by, first_at=at, expires_at=at + LENGTH)


@transaction.atomic
def renew(*, token: UUID | str, by: Account, at: datetime) -> Lease:
    """Give the person three more minutes with the case, up to an hour in all.

    A lease that ran out comes back to life if nobody took the place. Raises Refused: lease_unknown, lease_ended,
    lease_expired, lease_at_cap, not_permitted, conflict, too_many_leases, or why the case is no longer open.
    """
    hold(f"desk {by.pk}")
    lease = hold_lease(token, by)
    require_open(lease)
    require_fit(lease)
    if at >= lease.first_at + CAP:
        raise Refused(Code.LEASE_AT_CAP)
    if lease.expires_at <= at:
        _require_place(lease, at)
    lease.expires_at = min(at + LENGTH, lease.first_at + CAP)
    lease.save(update_fields=["expires_at"])
    return lease


def _require_place(lease: Lease, at: datetime) -> None:
    if not queries.has_free_slot(lease.case, at):
        raise Refused(Code.LEASE_EXPIRED)
    if queries.open_leases(at).filter(moderator=lease.moderator).count() >= MOST_PER_PERSON:
        raise Refused(Code.TOO_MANY_LEASES)


def require_open(lease: Lease) -> None:
    """Raise Refused unless the case is open and the lease was not ended."""
    if lease.case.state != Status.OPEN:
        raise Refused(WHY_NOT[Status(lease.case.state)])
    if lease.ended_at is not None:
        raise Refused(Code.LEASE_ENDED)


def require_fit(lease: Lease) -> None:
    """Raise Refused unless the person still is in the team and not too close to the author."""
    if not policies.may(lease.moderator, "moderation.review", lease.case.language):
        raise Refused(Code.NOT_PERMITTED)
    if queries.is_barred(lease.case, lease.moderator):
        raise Refused(Code.CONFLICT)


@transaction.atomic
def release(*, token: UUID | str, by: Account, at: datetime) -> None:
    """Pass on a case; it is not offered to the same person again for 12 hours, and somebody else may have it at once.

    A lease that has ended stays as it is. Raises Refused: lease_unknown, too_many_skips after five within an hour.
    """
    lease = hold_lease(token, by)
    if lease.ended_at is not None:
        return
    skipped = Lease.objects.filter(moderator=by, ended_because=Ended.SKIPPED, ended_at__gt=at - _SKIPS_WITHIN)
    if skipped.count() >= _MOST_SKIPS:
        raise Refused(Code.TOO_MANY_SKIPS)
    end_leases(lease.case, because=Ended.SKIPPED, at=at, of=by)
