"""The one writer: asks the pure table, then stores facts, effects and ledger entries in that order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from altavoz.core import events
from altavoz.core.events import Fact
from altavoz.core.ledger import actions as ledger
from altavoz.moderation.events import CaseClosed, CaseDecided, CaseEscalated, CaseSuperseded, DecisionUndone
from altavoz.moderation.models import Case, Ended, Lease
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import (
    CaseState,
    Closed,
    Command,
    Counted,
    Decided,
    Escalated,
    HandedBack,
    Happening,
    Outcome,
    Refusal,
    Reopened,
    Status,
    Superseded,
    Voided,
    quorum,
    transition,
)
from altavoz.moderation.states.transitions import Step
from altavoz.people.models import Account


def step(state: CaseState, command: Command) -> Step:
    """Return the next state with what happened; raises Refused where the table does not allow it."""
    answer = transition(state, command)
    if isinstance(answer, Refusal):
        raise Refused(answer.code)
    return answer


def carry_out(case: Case, command: Command, *, by: Account | None, at: datetime) -> None:
    """Take one step with a locked case and write it down."""
    state, happened = step(case.as_state(), command)
    write(case, state, happened, by=by, at=at)


def write(
    case: Case, state: CaseState, happened: tuple[Happening, ...], *, by: Account | None, at: datetime
) -> None:
    """Make a locked case what the rules say it is.

    In this order: facts; votes voided; leases of a case that is no longer open ended; the case's columns; the
    ledger, last because its writers wait for one another.
    """
    events.record(*_facts(case, state, happened), at=at)
    _void_votes(case, happened, at)
    if state.status != Status.OPEN:
        end_leases(case, because=Ended.CASE_MOVED_ON, at=at)
    _save(case, state, happened, at)
    for happening in happened:
        _NOTES[type(happening)](case, happening, by, at)


def end_leases(case: Case, *, because: Ended, at: datetime, of: Account | None = None) -> None:
    """End the leases of a locked case that have not ended: everybody's, or one person's."""
    leases = Lease.objects.filter(case=case, ended_at__isnull=True)
    (leases.filter(moderator=of) if of else leases).update(ended_at=at, ended_because=because)


def clauses_for(case: Case, outcome: Outcome) -> tuple[str, ...]:
    """Return the clauses named by the counted votes that speak for an outcome, sorted."""
    votes = case.votes.filter(voided_at__isnull=True, verdict__in=quorum.SPEAK_FOR[outcome])
    return tuple(sorted({code for codes in votes.values_list("clauses", flat=True) for code in codes}))


def _facts(case: Case, state: CaseState, happened: tuple[Happening, ...]) -> Iterator[Fact]:
    what: dict[str, Any] = {
        "subject": case.subject, "case_id": case.pk, "revision": case.revision, "kind": case.kind,
    }  # fmt: skip
    for happening in happened:
        match happening:
            case Decided(outcome):
                yield CaseDecided(**what, outcome=outcome.value, clauses=clauses_for(case, outcome))
            case Reopened(outcome):
                yield DecisionUndone(**what, outcome=outcome.value, reopened=state.status == Status.OPEN)
            case Superseded(revision):
                yield CaseSuperseded(**what, by_revision=revision)
            case Escalated(reason):
                yield CaseEscalated(**what, language=case.language, reason=reason)
            case Closed(reason):
                yield CaseClosed(**what, reason=reason)
            case _:
                pass


def _void_votes(case: Case, happened: tuple[Happening, ...], at: datetime) -> None:
    for happening in happened:
        if isinstance(happening, Voided):
            counted = case.votes.filter(moderator_id=happening.voter, voided_at__isnull=True)
            counted.update(voided_at=at, void_reason=happening.reason)


def _save(case: Case, state: CaseState, happened: tuple[Happening, ...], at: datetime) -> None:
    case.state, case.outcome = state.status, state.outcome or ""
    case.decided_at = (case.decided_at or at) if state.outcome else None
    case.votes_needed = quorum.votes_needed(state.verdicts) if state.status == Status.OPEN else 0
    case.reason = next((h.reason for h in happened if isinstance(h, Closed | Escalated)), "")
    case.save(update_fields=["state", "outcome", "decided_at", "votes_needed", "reason"])


def note(case: Case, what: str, by: Account | None, at: datetime, private: Any = None, **public: Any) -> None:  # noqa: ANN401 JSON
    """Write a line about a case into the ledger; what people thought is private, so that votes stay blind."""
    ledger.append(
        f"moderation.{what}",
        subject=case.subject,
        by=by.pk if by else None,
        public={"case": case.pk, "kind": case.kind, "revision": case.revision} | public,
        private=private,
        at=at,
    )


_Note = Callable[[Case, Any, Account | None, datetime], None]


def _note_counted(case: Case, happening: Counted, by: Account | None, at: datetime) -> None:
    cast = case.votes.get(moderator_id=happening.ballot.voter)
    note(
        case,
        "vote_cast",
        by,
        at,
        private={"verdict": cast.verdict, "clauses": cast.clauses, "note": cast.note},
    )


def _note_decided(case: Case, happening: Decided, _by: Account | None, at: datetime) -> None:
    clauses = clauses_for(case, happening.outcome)
    note(
        case, "case_decided", None, at,
        outcome=happening.outcome.value, clauses=list(clauses), policy=case.policy.sha256,
    )  # fmt: skip


def _note_voided(case: Case, happening: Voided, _by: Account | None, at: datetime) -> None:
    note(
        case,
        "vote_voided",
        None,
        at,
        vote_of=ledger.pseudonym(happening.voter),
        reason=happening.reason.value,
    )


def _note_reopened(case: Case, happening: Reopened, _by: Account | None, at: datetime) -> None:
    note(case, "decision_undone", None, at, outcome=happening.outcome.value)


def _note_superseded(case: Case, happening: Superseded, _by: Account | None, at: datetime) -> None:
    note(case, "case_superseded", None, at, by_revision=happening.revision)


def _note_closed(case: Case, happening: Closed, by: Account | None, at: datetime) -> None:
    note(case, "case_closed", by, at, reason=happening.reason)


def _note_escalated(case: Case, happening: Escalated, _by: Account | None, at: datetime) -> None:
    note(case, "case_escalated", None, at, reason=happening.reason)


def _note_handed_back(case: Case, _happening: HandedBack, by: Account | None, at: datetime) -> None:
    note(case, "case_handed_back", by, at)


_NOTES: Final[Mapping[type[Happening], _Note]] = {
    Counted: _note_counted,
    Decided: _note_decided,
    Voided: _note_voided,
    Reopened: _note_reopened,
    Superseded: _note_superseded,
    Closed: _note_closed,
    Escalated: _note_escalated,
    HandedBack: _note_handed_back,
}
