"""Opening a case, closing it, and what happens to one that its team cannot decide."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from altavoz.core import events, subjects
from altavoz.core.subjects import Description
from altavoz.moderation import policies, queries
from altavoz.moderation.actions.locks import hold, hold_case
from altavoz.moderation.actions.writing import carry_out, note
from altavoz.moderation.events import CaseOpened
from altavoz.moderation.models import AuthorClock, Case
from altavoz.moderation.models.case import UNFINISHED
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import (
    KINDS,
    Close,
    Code,
    Escalate,
    HandBack,
    Kind,
    Lane,
    Outcome,
    Status,
    Supersede,
    ordering,
    quorum,
)
from altavoz.moderation.states.case import Quorum
from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.people.states import TeamKind

#: How many overdue cases one run looks at, the most recently overdue first.
_BATCH: Final = 500


@transaction.atomic
def open_case(
    *,
    subject: str,
    revision: int,
    kind: str,
    language: str,
    at: datetime,
    low: bool = False,
    compared_to: int | None = None,
) -> Case:
    """Put a revision before the moderators of a language.

    A case of the same family (intake and change are one) that stands for this revision or a newer one is returned
    unchanged. Otherwise, in this order: unfinished cases of older revisions are superseded, their votes voided;
    the new case inherits their place in the queue, or gets one by its author's clock; `moderation.case_opened` is
    recorded. It is judged by the guidelines in effect now, whatever takes effect later. `low` is for imports;
    `compared_to` names the revision shown beside it (the last one approved, unless told).
    Raises Refused: kind_not_yet, unknown_subject, no_policy.
    """
    if KINDS[Kind(kind)].quorum == Quorum.NOT_YET:
        raise Refused(Code.KIND_NOT_YET)
    hold(subject)
    if (standing := _standing(subject, kind, revision)) is not None:
        return standing
    work = subjects.describe(subject, revision)
    if work is None:
        raise Refused(Code.UNKNOWN_SUBJECT)
    policy = queries.policy_current(at)
    if policy is None:
        raise Refused(Code.NO_POLICY)
    older = _supersede_older(subject, kind, revision, at)
    case = _placed(work, kind, older, at, low=low)
    case.language, case.policy = language, policy
    case.compared_to = compared_to or _approved(subject, before=revision)
    case.votes_needed = quorum.votes_needed(())
    case.save(force_insert=True)
    _announce(case, at)
    return case


def _family(subject: str, kind: str) -> QuerySet[Case]:
    content = KINDS[Kind(kind)].content
    kinds = [other.value for other, rules in KINDS.items() if rules.content] if content else [kind]
    return Case.objects.filter(subject=subject, kind__in=kinds)


def _standing(subject: str, kind: str, revision: int) -> Case | None:
    gone = [Status.CLOSED, Status.SUPERSEDED]
    same_or_newer = _family(subject, kind).filter(revision__gte=revision).exclude(state__in=gone)
    return same_or_newer.order_by("-revision", "-pk").first()


def _supersede_older(subject: str, kind: str, revision: int, at: datetime) -> Case | None:
    """Supersede what waits; return the one whose place the new case takes."""
    unfinished = _family(subject, kind).filter(state__in=UNFINISHED).order_by("virtual_at", "pk")
    older = [hold_case(pk) for pk in unfinished.values_list("pk", flat=True)]
    for case in older:
        carry_out(case, Supersede(revision), by=None, at=at)
    return older[0] if older else None


def _placed(work: Description, kind: str, older: Case | None, at: datetime, *, low: bool) -> Case:
    lane = KINDS[Kind(kind)].lane
    lane = Lane.LOW if low and lane == Lane.NORMAL else lane
    author = work.creator or work.subject
    virtual_at = older.virtual_at if older else _arrival(author, lane, at)
    return Case(
        subject=work.subject, kind=kind, revision=work.revision, author=author, lane=lane, arrived_at=at,
        virtual_at=virtual_at, due_at=ordering.due(virtual_at=virtual_at, lane=lane),
    )  # fmt: skip


def _arrival(author: str, lane: Lane, at: datetime) -> datetime:
    """Return the virtual date; urgent cases do not wait for their author's other works."""
    if lane == Lane.URGENT:
        return at
    clock, fresh = AuthorClock.objects.select_for_update().get_or_create(
        author=author, defaults={"virtual_at": at}
    )
    if not fresh:
        clock.virtual_at = ordering.virtual_date(arrived_at=at, last=clock.virtual_at)
        clock.save(update_fields=["virtual_at"])
    return clock.virtual_at


def _approved(subject: str, *, before: int) -> int | None:
    published = _family(subject, Kind.INTAKE).filter(outcome=Outcome.PUBLISHED, revision__lt=before)
    return published.order_by("-revision").values_list("revision", flat=True).first()


def _announce(case: Case, at: datetime) -> None:
    fact = CaseOpened(
        subject=case.subject, case_id=case.pk, revision=case.revision, kind=case.kind,
        language=case.language, due_at=case.due_at.isoformat(),
    )  # fmt: skip
    events.record(fact, at=at)
    note(case, "case_opened", None, at, language=case.language, policy=case.policy.sha256)


@transaction.atomic
def close_case(*, subject: str, reason: str, at: datetime, by: Account | None = None) -> int:
    """End every unfinished case of a subject without an outcome, as when its author withdraws it; return how many.

    Afterwards their leases have ended and `moderation.case_closed` is recorded for each. Decided ones stay.
    """
    hold(subject)
    unfinished = Case.objects.filter(subject=subject, state__in=UNFINISHED).order_by("pk")
    cases = [hold_case(pk) for pk in unfinished.values_list("pk", flat=True)]
    for case in cases:
        carry_out(case, Close(reason), by=by, at=at)
    return len(cases)


@transaction.atomic
def hand_back(*, case_id: int, by: Account, at: datetime) -> Case:
    """Return an escalated case to its team, as a lead does once people who can decide it are there.

    The calls for help are voided, other votes still count (and may decide at once). Raises Refused: not_permitted,
    conflict, or that it is not escalated.
    """
    case = hold_case(case_id)
    if not policies.may(by, "moderation.hand_back", case.language):
        raise Refused(Code.NOT_PERMITTED)
    if queries.is_barred(case, by):
        raise Refused(Code.CONFLICT)
    carry_out(case, HandBack(), by=by, at=at)
    return case


def escalate_stuck(*, at: datetime) -> int:
    """Escalate overdue cases for which too few people may vote; return how many.

    The number of votes is never lowered: a team of one can vote, and the case then goes to the leads.
    """
    overdue = Case.objects.filter(state=Status.OPEN, due_at__lt=at).order_by("-due_at", "-pk")
    return sum(_escalate_if_stuck(pk, at) for pk in overdue.values_list("pk", flat=True)[:_BATCH])


@transaction.atomic
def _escalate_if_stuck(case_id: int, at: datetime) -> bool:
    case = hold_case(case_id)
    if case.state != Status.OPEN or _who_may_vote(case) >= case.votes_needed:
        return False
    carry_out(case, Escalate("team_too_small"), by=None, at=at)
    return True


def _who_may_vote(case: Case) -> int:
    team = people.members(case.language, TeamKind.MODERATION).exclude(pk__in=queries.barred(case.subject))
    excluded = case.exclusions.values("moderator_id")
    return team.exclude(pk__in=case.votes.values("moderator_id")).exclude(pk__in=excluded).count()
