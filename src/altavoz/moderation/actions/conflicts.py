"""Staying away from a case: before voting with one button, or afterwards by voiding the vote."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from altavoz.moderation.actions.locks import hold, hold_case, hold_lease
from altavoz.moderation.actions.writing import end_leases, step, write
from altavoz.moderation.models import Case, Cause, Ended, Exclusion
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import KINDS, CaseState, Code, Kind, Reopened, Supersede, VoidReason, VoidVote
from altavoz.moderation.states.transitions import Step
from altavoz.people.models import Account


@transaction.atomic
def recuse(*, token: UUID | str, by: Account, at: datetime) -> None:
    """Give a case back for good, without a reason: the person never sees it again.

    Raises Refused: lease_unknown, already_voted (then `declare_conflict` is the way).
    """
    lease = hold_lease(token, by)
    if lease.ended_because == Ended.VOTED:
        raise Refused(Code.ALREADY_VOTED)
    _exclude(lease.case, by, Cause.RECUSED, at)


@transaction.atomic
def declare_conflict(*, case_id: int, by: Account, at: datetime) -> Case:
    """Take back one's vote because of a conflict of interest noticed later.

    Afterwards the vote is void and the person excluded. A decision that rested on it is undone, with
    `moderation.decision_undone` recorded: the case is open again, or superseded where a newer one exists. Raises
    Refused(no_vote) for somebody without a vote that counts, and for a case that is over.
    """
    subject = Case.objects.values_list("subject", flat=True).get(pk=case_id)
    hold(subject)
    case = hold_case(case_id)
    state, happened = _without_vote(case, by)
    _exclude(case, by, Cause.CONFLICT, at)
    write(case, state, happened, by=by, at=at)
    return case


def _without_vote(case: Case, by: Account) -> Step:
    before = case.as_state()
    if not before.has_voted(by.pk):
        raise Refused(Code.NO_VOTE)
    state, happened = step(before, VoidVote(by.pk, VoidReason.CONFLICT))
    newer = _newer_revision(case, state)
    if newer is None or not any(isinstance(one, Reopened) for one in happened):
        return state, happened
    state, more = step(state, Supersede(newer))
    return state, (*happened, *more)


def _newer_revision(case: Case, state: CaseState) -> int | None:
    """Return the revision that has been reviewed, or is, since: nobody needs the old one decided again."""
    content = KINDS[Kind(case.kind)].content
    kinds = [kind.value for kind, rules in KINDS.items() if rules.content] if content else [case.kind]
    newer = Case.objects.filter(subject=case.subject, kind__in=kinds, revision__gt=state.revision)
    return newer.order_by("-revision").values_list("revision", flat=True).first()


def _exclude(case: Case, by: Account, cause: Cause, at: datetime) -> None:
    Exclusion.objects.get_or_create(case=case, moderator=by, defaults={"cause": cause, "at": at})
    end_leases(case, because=Ended.RECUSED, at=at, of=by)
