"""Who is too close to whom: declared by one of them, or derived from what they do here."""

from datetime import datetime
from typing import Any

from django.db import transaction

from altavoz.core import events
from altavoz.people import policies
from altavoz.people.actions.notes import note_affiliation, subject
from altavoz.people.events import AffiliationDeclared, AffiliationEnded
from altavoz.people.models import Account, Affiliation
from altavoz.people.states import Basis, Closeness


class AffiliatedWithSelfError(ValueError):
    """An affiliation takes two people."""


@transaction.atomic
def declare_affiliation(
    *, one: Account, other: Account, reason: str, by: Account | None, at: datetime
) -> Affiliation:
    """Record that `by`, who is one of the two, calls them close (for the system: `one` does).

    A declaration that stands is returned unchanged. Afterwards neither decides on the other's work, and
    `people.affiliation_declared` is recorded. Raises PermissionDenied, AffiliatedWithSelfError, ValueError for an
    unknown reason.
    """
    policies.require(by, "people.declare_affiliation", (one, other))
    if reason not in Closeness.values:
        raise ValueError(reason)
    ground = {"basis": Basis.DECLARED, "declared_by": by or one}
    return _affiliate(one, other, ground, by=by, at=at, reason=reason)


@transaction.atomic
def derive_affiliation(
    *, one: Account, other: Account, reason: str, at: datetime, by: Account | None = None
) -> Affiliation:
    """Record that two people are close for a reason the program knows, such as `showcase.creator:5` they co-own.

    Each reason stands by itself; one that stands is returned unchanged. Afterwards neither decides on the other's
    work, and `people.affiliation_declared` is recorded. Raises AffiliatedWithSelfError.
    """
    ground = {"basis": Basis.DERIVED, "declared_by": None, "reason": reason}
    return _affiliate(one, other, ground, by=by, at=at)


def _affiliate(
    one: Account,
    other: Account,
    ground: dict[str, Any],
    *,
    by: Account | None,
    at: datetime,
    reason: str = "",
) -> Affiliation:
    if one.pk == other.pk:
        raise AffiliatedWithSelfError(str(one.pk))
    first, second = sorted((one, other), key=lambda account: account.pk)
    affiliation, fresh = Affiliation.objects.get_or_create(
        **{"one": first, "other": second, "ended_at": None} | ground,
        defaults={"since": at} | ({"reason": reason} if reason else {}),
    )
    if fresh:
        fact = AffiliationDeclared(
            subject=subject(affiliation), one_id=first.pk, other_id=second.pk, basis=affiliation.basis
        )
        events.record(fact, at=at)
        note_affiliation("affiliation_declared", affiliation=affiliation, by=by, at=at)
    return affiliation


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, by: Account | None, at: datetime) -> None:
    """End one ground of closeness; other grounds between the same people stay, and one that has ended, too.

    Only who declared it may (or an operator, or the system for a derived one): nobody makes another's declaration
    go away. Afterwards `people.affiliation_ended` is recorded. Raises PermissionDenied.
    """
    policies.require(by, "people.end_affiliation", affiliation)
    locked = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
    if locked.ended_at:
        return
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    fact = AffiliationEnded(
        subject=subject(locked), one_id=locked.one_id, other_id=locked.other_id, basis=locked.basis
    )
    events.record(fact, at=at)
    note_affiliation("affiliation_ended", affiliation=locked, by=by, at=at)
