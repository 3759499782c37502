"""Adopting a catalogue: one lead proposes, another seconds, either may revoke."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from altavoz.core import events
from altavoz.core.ledger import actions as ledger
from altavoz.moderation import policies, queries
from altavoz.moderation.actions.locks import hold
from altavoz.moderation.events import AdoptionRevoked, CatalogueAdopted
from altavoz.moderation.models import Adoption
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Code
from altavoz.people.models import Account


@transaction.atomic
def propose_adoption(
    *, catalogue: str, language: str, scope: Mapping[str, Any], by: Account, at: datetime
) -> Adoption:
    """Propose that a language vouches for a catalogue, within `scope` (which import, which categories).

    Afterwards it waits for a second lead; nothing is visible yet. It is pinned to the guidelines in effect. Raises
    Refused: not_permitted, conflict, scope_missing, already_adopted, no_policy.
    """
    _require_lead(catalogue, language, by)
    if not scope:
        raise Refused(Code.SCOPE_MISSING)
    policy = queries.policy_current(at)
    if policy is None:
        raise Refused(Code.NO_POLICY)
    hold(catalogue)
    if queries.adoptions(language).filter(catalogue=catalogue).exists():
        raise Refused(Code.ALREADY_ADOPTED)
    adoption = Adoption.objects.create(
        catalogue=catalogue,
        language=language,
        scope=dict(scope),
        policy=policy,
        proposed_by=by,
        proposed_at=at,
    )
    _note("adoption_proposed", adoption, by, at)
    return adoption


@transaction.atomic
def second_adoption(*, adoption_id: int, by: Account, at: datetime) -> Adoption:
    """Sign a proposal as the second lead; `moderation.catalogue_adopted` is recorded.

    Raises Refused: not_permitted, conflict, same_lead, not_proposed.
    """
    adoption = Adoption.objects.select_for_update().get(pk=adoption_id)
    _require_lead(adoption.catalogue, adoption.language, by)
    if adoption.proposed_by_id == by.pk:
        raise Refused(Code.SAME_LEAD)
    if adoption.adopted_at is not None or adoption.revoked_at is not None:
        raise Refused(Code.NOT_PROPOSED)
    adoption.seconded_by, adoption.adopted_at = by, at
    adoption.save(update_fields=["seconded_by", "adopted_at"])
    fact = CatalogueAdopted(
        subject=adoption.catalogue, adoption_id=adoption.pk, language=adoption.language, scope=adoption.scope
    )
    events.record(fact, at=at)
    _note("catalogue_adopted", adoption, by, at)
    return adoption


@transaction.atomic
def adopt_catalogue(
    *, catalogue: str, language: str, scope: Mapping[str, Any], by: Account, second: Account, at: datetime
) -> Adoption:
    """Record a decision that two leads took together: a proposal and its second signature. Raises what those raise."""
    proposal = propose_adoption(catalogue=catalogue, language=language, scope=scope, by=by, at=at)
    return second_adoption(adoption_id=proposal.pk, by=second, at=at)


@transaction.atomic
def revoke_adoption(*, adoption_id: int, reason: str, by: Account, at: datetime) -> Adoption:
    """End an adoption, or a proposal, as any lead of the language may.

    Afterwards `moderation.adoption_revoked` is recorded if it was in effect, and what stood on it alone is hidden.
    Raises Refused: not_permitted, already_revoked; ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("A revocation has a reason.")
    adoption = Adoption.objects.select_for_update().get(pk=adoption_id)
    if not policies.may(by, "moderation.adopt", adoption.language):
        raise Refused(Code.NOT_PERMITTED)
    if adoption.revoked_at is not None:
        raise Refused(Code.ALREADY_REVOKED)
    adoption.revoked_at, adoption.revoked_because = at, reason.strip()
    adoption.save(update_fields=["revoked_at", "revoked_because"])
    if adoption.adopted_at is not None:
        _announce_end(adoption, at)
    _note("adoption_revoked", adoption, by, at, reason=adoption.revoked_because)
    return adoption


def _announce_end(adoption: Adoption, at: datetime) -> None:
    fact = AdoptionRevoked(
        subject=adoption.catalogue, adoption_id=adoption.pk, language=adoption.language,
        reason=adoption.revoked_because,
    )  # fmt: skip
    events.record(fact, at=at)


def _require_lead(catalogue: str, language: str, by: Account) -> None:
    if not policies.may(by, "moderation.adopt", language):
        raise Refused(Code.NOT_PERMITTED)
    if by.pk in queries.barred(catalogue):
        raise Refused(Code.CONFLICT)


def _note(what: str, adoption: Adoption, by: Account, at: datetime, **public: Any) -> None:
    told = {"adoption": adoption.pk, "language": adoption.language, "scope": adoption.scope}
    ledger.append(
        f"moderation.{what}", subject=adoption.catalogue, by=by.pk,
        public=told | {"policy": adoption.policy.sha256} | public, at=at,
    )  # fmt: skip
