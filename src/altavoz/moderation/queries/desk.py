"""The desk: what is in a moderator's hands, and all they need to decide it, without anybody else's opinion."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from altavoz.core import languages, subjects
from altavoz.core.subjects import Description
from altavoz.moderation import diffing
from altavoz.moderation.models import Case, Lease, Vote
from altavoz.moderation.models.lease import CAP
from altavoz.moderation.queries.conflicts import is_barred
from altavoz.moderation.queries.policies import ClauseView, clauses_of
from altavoz.moderation.queries.queue import open_leases
from altavoz.moderation.queries.teams import QueueCount, queue_counts
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import WHY_NOT, Code, Status
from altavoz.people.models import Account


@dataclass(frozen=True)
class Allegation:
    """What somebody reported; nothing of who it was."""

    clause: str
    note: str
    note_language: str


@dataclass(frozen=True, kw_only=True)
class DeskCase:
    """Everything needed to decide one case on one screen."""

    token: UUID
    case_id: int
    kind: str
    revision: int
    language: str
    direction: str
    work: Description
    before: Description | None
    changes: tuple[diffing.FieldDiff, ...]
    clauses: tuple[ClauseView, ...]
    guidelines: str
    allegations: tuple[Allegation, ...]
    due_at: datetime
    expires_at: datetime
    last_until: datetime


@dataclass(frozen=True)
class HeldCase:
    """A case in the person's hands."""

    token: UUID
    case_id: int
    title: str
    expires_at: datetime


@dataclass(frozen=True)
class DeskState:
    """What the desk shows before a case is opened."""

    held: tuple[HeldCase, ...]
    queues: tuple[QueueCount, ...]


@dataclass(frozen=True)
class SeenVote:
    """A vote as a fellow voter may see it: what, never who."""

    verdict: str
    clauses: tuple[str, ...]
    note: str
    note_language: str
    at: datetime
    own: bool
    counts: bool


def case_for_desk(lease: Lease, *, at: datetime) -> DeskCase:
    """Return the case a lease is for. It holds no vote and no name, and is nothing to who is too close to the author.

    Raises Refused: lease_expired, lease_ended, conflict, unknown_subject, or why the case is no longer open.
    """
    case = _open_case_of(lease, at)
    if is_barred(case, lease.moderator):
        raise Refused(Code.CONFLICT)
    work = subjects.describe(case.subject, case.revision)
    if work is None:
        raise Refused(Code.UNKNOWN_SUBJECT)
    before = subjects.describe(case.subject, case.compared_to) if case.compared_to else None
    return DeskCase(
        token=lease.token,
        case_id=case.pk,
        kind=case.kind,
        revision=case.revision,
        language=case.language,
        direction=languages.direction(work.language),
        work=work,
        before=before,
        changes=diffing.fields(before, work) if before else (),
        clauses=clauses_of(case.policy),
        guidelines=case.policy.source_url,
        allegations=_allegations(case),
        due_at=case.due_at,
        expires_at=lease.expires_at,
        last_until=lease.first_at + CAP,
    )


def _open_case_of(lease: Lease, at: datetime) -> Case:
    case = Case.objects.select_related("policy").get(pk=lease.case_id)
    if case.state != Status.OPEN:
        raise Refused(WHY_NOT[Status(case.state)])
    if lease.ended_at is not None:
        raise Refused(Code.LEASE_ENDED)
    if lease.expires_at <= at:
        raise Refused(Code.LEASE_EXPIRED)
    return case


def _allegations(case: Case) -> tuple[Allegation, ...]:
    rows = case.reports.order_by("pk").values_list("clause", "note", "note_language")
    return tuple(Allegation(*row) for row in rows)


def desk_state(account: Account, at: datetime) -> DeskState:
    """Return what the person holds, soonest to run out first, and what waits in their languages."""
    held = open_leases(at).filter(moderator=account, case__state=Status.OPEN).select_related("case")
    leases = list(held.order_by("expires_at", "pk"))
    works = subjects.describe_many([lease.case.subject for lease in leases])
    return DeskState(
        held=tuple(_held(lease, works.get(lease.case.subject)) for lease in leases),
        queues=queue_counts(account, at=at),
    )


def _held(lease: Lease, work: Description | None) -> HeldCase:
    return HeldCase(lease.token, lease.case_id, work.title if work else "", lease.expires_at)


def votes_seen_by(account: Account, case_id: int) -> tuple[SeenVote, ...]:
    """Return the votes of a case to somebody who voted in it; nothing to anybody else: votes are blind."""
    votes = list(Vote.objects.filter(case_id=case_id).order_by("pk"))
    if not any(vote.moderator_id == account.pk and vote.voided_at is None for vote in votes):
        return ()
    return tuple(
        SeenVote(
            vote.verdict, tuple(vote.clauses), vote.note, vote.note_language, vote.at,
            own=vote.moderator_id == account.pk, counts=vote.voided_at is None,
        )
        for vote in votes
    )  # fmt: skip
