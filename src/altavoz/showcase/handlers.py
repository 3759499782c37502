"""How the showcase reacts to what sources, moderators and people do."""

from datetime import datetime
from typing import Any

from altavoz.core import jobs, subjects
from altavoz.core.events import handles
from altavoz.ingest.events import EntriesGone, EntriesStored, SourceProofLost, SourceProved
from altavoz.moderation.events import AdoptionRevoked, CaseDecided, CatalogueAdopted, DecisionUndone
from altavoz.people import records
from altavoz.people.models import Account
from altavoz.showcase import actions, suggestion_records, tasks
from altavoz.showcase.kinds import CatalogueKind, CreatorKind, PublicationKind
from altavoz.showcase.models import Creator, Ownership

subjects.register(PublicationKind())
subjects.register(CreatorKind())
subjects.register(CatalogueKind())


@handles(EntriesStored, name="showcase.gather")
def gather(fact: EntriesStored, at: datetime) -> None:
    """Turn new and changed entries into publications, and hand over what may go to review."""
    made = actions.gather([*fact.new, *fact.changed], at=at)
    actions.submit_waiting(at=at, only=made)


@handles(EntriesGone, name="showcase.vanish")
def vanish(fact: EntriesGone, at: datetime) -> None:
    """Withdraw what vanished at its source."""
    actions.vanish(fact.entry_ids, at=at)


@handles(SourceProved, name="showcase.grant_ownership")
def grant_ownership(fact: SourceProved, at: datetime) -> None:
    """Let the person who proved a source speak for its creator."""
    creator = Creator.objects.filter(pk=subjects.key_of(fact.owner)).first()
    account = Account.objects.filter(pk=fact.account_id, is_active=True).first()
    if creator and account:
        actions.grant_ownership(creator=creator, account=account, method=fact.method, at=at)


@handles(SourceProofLost, name="showcase.end_ownership")
def end_ownership(fact: SourceProofLost, at: datetime) -> None:
    """Take the say over a creator back from a person whose last proof is gone."""
    creator = Creator.objects.filter(pk=subjects.key_of(fact.owner)).first()
    if creator and not fact.others:
        actions.end_ownership(creator=creator, account_id=fact.account_id, at=at)


@handles(CaseDecided, name="showcase.take_decision")
def take_decision(fact: CaseDecided, at: datetime) -> None:
    """Show what was approved; note what was not; hide what was rightly reported."""
    if subjects.parse(fact.subject)[0] != PublicationKind.label:
        return
    if fact.kind == "report":
        if fact.outcome == "rejected":
            actions.suspend(subject=fact.subject, at=at)
    elif fact.outcome == "published":
        actions.publish(subject=fact.subject, revision=fact.revision, at=at)
    else:
        actions.decline(subject=fact.subject, revision=fact.revision, at=at)


@handles(DecisionUndone, name="showcase.reconsider")
def reconsider(fact: DecisionUndone, at: datetime) -> None:
    """Take back what followed from a decision that no longer stands."""
    if subjects.parse(fact.subject)[0] != PublicationKind.label:
        return
    if fact.kind == "report":
        actions.lift_suspension(subject=fact.subject, at=at)
    else:
        actions.reconsider(
            subject=fact.subject, revision=fact.revision, outcome=fact.outcome, reopened=fact.reopened, at=at
        )


@handles(CatalogueAdopted, name="showcase.adopt")
def adopt(fact: CatalogueAdopted, at: datetime) -> None:  # noqa: ARG001  the work happens in batches, later
    """Start showing an adopted catalogue, batch by batch."""
    jobs.defer_once(
        tasks.adopt,
        f"adopt:{fact.adoption_id}",
        catalogue=fact.subject,
        language=fact.language,
        collections=_collections(fact.scope),
        adoption=fact.adoption_id,
    )


def _collections(scope: dict[str, Any]) -> list[str]:
    """Return the categories an adoption is limited to; none means all of the catalogue."""
    return [str(name) for name in scope.get("categories", ())]


@handles(AdoptionRevoked, name="showcase.hide_adopted")
def hide_adopted(fact: AdoptionRevoked, at: datetime) -> None:
    """Hide at once what stood on a revoked adoption."""
    while actions.hide_adopted_batch(adoption=fact.adoption_id, at=at):
        pass


def _export(account_id: int) -> list[dict[str, Any]]:
    rows = Ownership.objects.filter(account_id=account_id).select_related("creator").order_by("since")
    return [
        {
            "creator": row.creator.name,
            "page": row.creator.page,
            "proved_by": row.method,
            "since": row.since.isoformat(),
            "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        }
        for row in rows
    ]


def _erase(account_id: int, at: datetime) -> None:
    for row in Ownership.objects.filter(account_id=account_id, ended_at=None).select_related("creator"):
        actions.end_ownership(creator=row.creator, account_id=account_id, at=at)
    Ownership.objects.filter(account_id=account_id).delete()


records.register("showcase.creators", export=_export, erase=_erase)
records.register("showcase.suggestions", export=suggestion_records.export, erase=suggestion_records.erase)
