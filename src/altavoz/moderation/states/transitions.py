"""The one table of allowed steps: `transition(state, command)` answers with the next state and what happened.

                 open   decided  changes_requested  escalated  superseded  closed
    CastVote      ✓        –             –              –           –         –
    VoidVote      ✓        ✓             ✓              ✓           –         –
    Supersede     ✓        –             –              ✓           –         –
    Close         ✓        –             –              ✓           –         –
    Escalate      ✓        –             –              –           –         –
    HandBack      –        –             –              ✓           –         –

A vote voided after the decision reopens the case when the rest would not have decided the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from altavoz.moderation.states import quorum
from altavoz.moderation.states.case import Ballot, CaseState, Outcome, Status, Verdict
from altavoz.moderation.states.codes import Code, Refusal
from altavoz.moderation.states.commands import (
    CastVote,
    Close,
    Command,
    Escalate,
    HandBack,
    Supersede,
    VoidReason,
    VoidVote,
)
from altavoz.moderation.states.happenings import (
    Closed,
    Counted,
    Decided,
    Escalated,
    HandedBack,
    Happening,
    Reopened,
    Superseded,
    Voided,
)

Step = tuple[CaseState, tuple[Happening, ...]]

#: The status an outcome puts a case into.
SETTLED: Final[Mapping[Outcome, Status]] = MappingProxyType(
    {
        Outcome.PUBLISHED: Status.DECIDED,
        Outcome.REJECTED: Status.DECIDED,
        Outcome.CHANGES_REQUESTED: Status.CHANGES_REQUESTED,
    }
)

#: Why a command is refused in a status that does not allow it.
WHY_NOT: Final[Mapping[Status, Code]] = MappingProxyType(
    {
        Status.OPEN: Code.CASE_OPEN,
        Status.DECIDED: Code.CASE_DECIDED,
        Status.CHANGES_REQUESTED: Code.CASE_DECIDED,
        Status.ESCALATED: Code.CASE_ESCALATED,
        Status.SUPERSEDED: Code.CASE_SUPERSEDED,
        Status.CLOSED: Code.CASE_CLOSED,
    }
)


def transition(state: CaseState, command: Command) -> Step | Refusal:
    """Return the next state with what happened, or why nothing did. Total: it never raises."""
    step = STEPS.get((state.status, type(command)))
    return Refusal(WHY_NOT[state.status]) if step is None else step(state, command)


def _cast(state: CaseState, command: CastVote) -> Step | Refusal:
    if command.revision != state.revision:
        return Refusal(Code.WRONG_REVISION)
    if state.has_voted(command.voter):
        return Refusal(Code.ALREADY_VOTED)
    rest, voided = _without(state, command.conflicted, VoidReason.CONFLICT)
    ballot = Ballot(command.voter, command.verdict)
    voted = replace(rest, ballots=(*rest.ballots, ballot))
    if command.verdict == Verdict.ESCALATE:
        return replace(voted, status=Status.ESCALATED), (*voided, Counted(ballot), Escalated("vote"))
    return _settle(voted, (*voided, Counted(ballot)))


def _settle(state: CaseState, happened: tuple[Happening, ...]) -> Step:
    outcome = quorum.outcome(state.verdicts)
    if outcome is None:
        return state, happened
    return replace(state, status=SETTLED[outcome], outcome=outcome), (*happened, Decided(outcome))


def _without(
    state: CaseState, voters: frozenset[int], reason: VoidReason
) -> tuple[CaseState, tuple[Voided, ...]]:
    kept = tuple(ballot for ballot in state.ballots if ballot.voter not in voters)
    voided = tuple(Voided(ballot.voter, reason) for ballot in state.ballots if ballot.voter in voters)
    return replace(state, ballots=kept), voided


def _void(state: CaseState, command: VoidVote) -> Step | Refusal:
    if not state.has_voted(command.voter):
        return Refusal(Code.NO_VOTE)
    left, voided = _without(state, frozenset({command.voter}), command.reason)
    if state.outcome is not None and quorum.outcome(left.verdicts) != state.outcome:
        return replace(left, status=Status.OPEN, outcome=None), (*voided, Reopened(state.outcome))
    # an objection that no longer counts may leave two approvals, which is a decision
    return _settle(left, voided) if state.status == Status.OPEN else (left, voided)


def _supersede(state: CaseState, command: Supersede) -> Step | Refusal:
    if command.revision <= state.revision:
        return Refusal(Code.NOT_NEWER)
    voters = frozenset(ballot.voter for ballot in state.ballots)
    ended, voided = _without(state, voters, VoidReason.REVISION_CHANGED)
    return replace(ended, status=Status.SUPERSEDED), (*voided, Superseded(command.revision))


def _close(state: CaseState, command: Close) -> Step:
    return replace(state, status=Status.CLOSED), (Closed(command.reason),)


def _escalate(state: CaseState, command: Escalate) -> Step:
    return replace(state, status=Status.ESCALATED), (Escalated(command.reason),)


def _hand_back(state: CaseState, _command: HandBack) -> Step:
    asked = frozenset(ballot.voter for ballot in state.ballots if ballot.verdict == Verdict.ESCALATE)
    left, voided = _without(state, asked, VoidReason.HANDED_BACK)
    return _settle(replace(left, status=Status.OPEN), (*voided, HandedBack()))


#: Which command is allowed where, and what it does.
STEPS: Final[Mapping[tuple[Status, type[Any]], Callable[[CaseState, Any], Step | Refusal]]] = (
    MappingProxyType(
        {
            (Status.OPEN, CastVote): _cast,
            (Status.OPEN, VoidVote): _void,
            (Status.OPEN, Supersede): _supersede,
            (Status.OPEN, Close): _close,
            (Status.OPEN, Escalate): _escalate,
            (Status.DECIDED, VoidVote): _void,
            (Status.CHANGES_REQUESTED, VoidVote): _void,
            (Status.ESCALATED, VoidVote): _void,
            (Status.ESCALATED, Supersede): _supersede,
            (Status.ESCALATED, Close): _close,
            (Status.ESCALATED, HandBack): _hand_back,
        }
    )
)
