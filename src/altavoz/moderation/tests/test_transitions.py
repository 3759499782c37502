"""The table of steps: every status with every command, every history, and what must always hold."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altavoz.moderation.states import (
    KINDS,
    STEPS,
    Ballot,
    CaseState,
    CastVote,
    Close,
    Closed,
    Code,
    Command,
    Counted,
    Decided,
    Escalate,
    Escalated,
    HandBack,
    HandedBack,
    Kind,
    Lane,
    Outcome,
    Refusal,
    Reopened,
    Status,
    Supersede,
    Superseded,
    Verdict,
    Voided,
    VoidReason,
    VoidVote,
    opened,
    quorum,
    transition,
)

A, R, C, E = Verdict.APPROVE, Verdict.REJECT, Verdict.CHANGES, Verdict.ESCALATE
COMMANDS: dict[type, Command] = {
    CastVote: CastVote(9, A, 1),
    VoidVote: VoidVote(1, VoidReason.CONFLICT),
    Supersede: Supersede(2),
    Close: Close("withdrawn"),
    Escalate: Escalate("team_too_small"),
    HandBack: HandBack(),
}


def voted(*verdicts: Verdict) -> CaseState:
    """Return an intake case after these votes by persons 1, 2, 3 and so on."""
    state = opened(Kind.INTAKE, 1)
    for voter, verdict in enumerate(verdicts, start=1):
        step = transition(state, CastVote(voter, verdict, 1))
        assert not isinstance(step, Refusal)
        state, _ = step
    return state


EXAMPLES = {
    Status.OPEN: voted(A),
    Status.DECIDED: voted(A, A),
    Status.CHANGES_REQUESTED: voted(C, C, C, C),
    Status.ESCALATED: voted(A, E),
    Status.SUPERSEDED: CaseState(Kind.INTAKE, 1, Status.SUPERSEDED),
    Status.CLOSED: CaseState(Kind.INTAKE, 1, Status.CLOSED),
}
REFUSED = {
    Status.OPEN: Code.CASE_OPEN,
    Status.DECIDED: Code.CASE_DECIDED,
    Status.CHANGES_REQUESTED: Code.CASE_DECIDED,
    Status.ESCALATED: Code.CASE_ESCALATED,
    Status.SUPERSEDED: Code.CASE_SUPERSEDED,
    Status.CLOSED: Code.CASE_CLOSED,
}


@pytest.mark.parametrize(("status", "command"), list(product(Status, COMMANDS)))
def test_only_the_steps_of_the_table_are_taken(status: Status, command: type) -> None:
    answer = transition(EXAMPLES[status], COMMANDS[command])
    if (status, command) in STEPS:
        assert not isinstance(answer, Refusal)
    else:
        assert answer == Refusal(REFUSED[status])


def test_the_kinds_and_their_lanes() -> None:
    assert {kind: (rules.lane, rules.quorum, rules.content) for kind, rules in KINDS.items()} == {
        Kind.INTAKE: (Lane.NORMAL, "r_star", True),
        Kind.CHANGE: (Lane.NORMAL, "r_star", True),
        Kind.REPORT: (Lane.URGENT, "r_star", False),
        Kind.RATIFY: (Lane.URGENT, "not_yet", False),
        Kind.APPEAL: (Lane.NORMAL, "not_yet", False),
    }


def test_a_vote_is_counted() -> None:
    assert transition(opened(Kind.INTAKE, 3), CastVote(7, A, 3)) == (
        CaseState(Kind.INTAKE, 3, Status.OPEN, None, (Ballot(7, A),)),
        (Counted(Ballot(7, A)),),
    )


def test_the_second_approval_decides() -> None:
    assert transition(voted(A), CastVote(2, A, 1)) == (
        CaseState(Kind.INTAKE, 1, Status.DECIDED, Outcome.PUBLISHED, (Ballot(1, A), Ballot(2, A))),
        (Counted(Ballot(2, A)), Decided(Outcome.PUBLISHED)),
    )


def test_escalation_takes_one_vote() -> None:
    assert transition(voted(A), CastVote(2, E, 1)) == (
        CaseState(Kind.INTAKE, 1, Status.ESCALATED, None, (Ballot(1, A), Ballot(2, E))),
        (Counted(Ballot(2, E)), Escalated("vote")),
    )


def test_a_vote_on_another_revision_or_twice_is_refused() -> None:
    assert transition(voted(A), CastVote(2, A, 2)) == Refusal(Code.WRONG_REVISION)
    assert transition(voted(A), CastVote(1, R, 1)) == Refusal(Code.ALREADY_VOTED)


def test_earlier_voters_who_became_conflicted_stop_counting_before_the_decision() -> None:
    state, happened = transition(voted(A), CastVote(2, A, 1, conflicted=frozenset({1})))  # type: ignore[misc]
    assert (state.status, state.ballots) == (Status.OPEN, (Ballot(2, A),))
    assert happened == (Voided(1, VoidReason.CONFLICT), Counted(Ballot(2, A)))


def test_voiding_what_a_decision_rests_on_reopens_the_case() -> None:
    assert transition(voted(A, A), VoidVote(1, VoidReason.CONFLICT)) == (
        CaseState(Kind.INTAKE, 1, Status.OPEN, None, (Ballot(2, A),)),
        (Voided(1, VoidReason.CONFLICT), Reopened(Outcome.PUBLISHED)),
    )


def test_voiding_what_a_decision_does_not_need_leaves_it() -> None:
    state, happened = transition(voted(R, A, A, A), VoidVote(1, VoidReason.CONFLICT))  # type: ignore[misc]
    assert (state.status, state.outcome, happened) == (
        Status.DECIDED, Outcome.PUBLISHED, (Voided(1, VoidReason.CONFLICT),),
    )  # fmt: skip


def test_voiding_the_only_objection_may_decide() -> None:
    state, happened = transition(voted(R, A, A), VoidVote(1, VoidReason.CONFLICT))  # type: ignore[misc]
    assert (state.status, happened) == (
        Status.DECIDED, (Voided(1, VoidReason.CONFLICT), Decided(Outcome.PUBLISHED)),
    )  # fmt: skip


def test_voiding_needs_a_vote_and_does_not_end_an_escalation() -> None:
    assert transition(voted(A), VoidVote(5, VoidReason.CONFLICT)) == Refusal(Code.NO_VOTE)
    state, _ = transition(voted(A, E), VoidVote(2, VoidReason.CONFLICT))  # type: ignore[misc]
    assert state.status == Status.ESCALATED


def test_a_newer_revision_voids_the_votes() -> None:
    assert transition(voted(A), Supersede(2)) == (
        CaseState(Kind.INTAKE, 1, Status.SUPERSEDED),
        (Voided(1, VoidReason.REVISION_CHANGED), Superseded(2)),
    )
    assert transition(voted(A), Supersede(1)) == Refusal(Code.NOT_NEWER)


def test_closing_and_escalating_keep_the_votes() -> None:
    ballots = (Ballot(1, A),)
    assert transition(voted(A), Close("withdrawn")) == (
        CaseState(Kind.INTAKE, 1, Status.CLOSED, None, ballots), (Closed("withdrawn"),),
    )  # fmt: skip
    assert transition(voted(A), Escalate("team_too_small")) == (
        CaseState(Kind.INTAKE, 1, Status.ESCALATED, None, ballots), (Escalated("team_too_small"),),
    )  # fmt: skip


def test_handing_back_voids_the_call_for_help_only() -> None:
    assert transition(voted(A, E), HandBack()) == (
        CaseState(Kind.INTAKE, 1, Status.OPEN, None, (Ballot(1, A),)),
        (Voided(2, VoidReason.HANDED_BACK), HandedBack()),
    )


def test_every_history_of_four_votes_ends_as_the_quorum_says() -> None:
    for verdicts in product(Verdict, repeat=4):
        state = opened(Kind.CHANGE, 1)
        for voter, verdict in enumerate(verdicts):
            answer = transition(state, CastVote(voter, verdict, 1))
            if isinstance(answer, Refusal):
                assert state.status != Status.OPEN
                break
            state, _ = answer
        assert state.status != Status.OPEN
        assert (state.status == Status.ESCALATED) == (E in state.verdicts)
        assert state.outcome == (None if E in state.verdicts else quorum.outcome(state.verdicts))


def test_voiding_any_vote_of_any_decided_history_keeps_the_outcome_or_reopens() -> None:
    for verdicts in product((A, R, C), repeat=4):
        state = opened(Kind.INTAKE, 1)
        for voter, verdict in enumerate(verdicts):
            answer = transition(state, CastVote(voter, verdict, 1))
            state = state if isinstance(answer, Refusal) else answer[0]
        for ballot in state.ballots:
            after, _ = transition(state, VoidVote(ballot.voter, VoidReason.CONFLICT))  # type: ignore[misc]
            assert (after.outcome, after.status) in {(state.outcome, state.status), (None, Status.OPEN)}
            assert quorum.outcome(after.verdicts) == after.outcome


COMMAND = st.one_of(
    st.builds(
        CastVote,
        st.integers(1, 6),
        st.sampled_from(Verdict),
        st.integers(1, 2),
        st.frozensets(st.integers(1, 6), max_size=2),
    ),
    st.builds(VoidVote, st.integers(1, 6), st.just(VoidReason.CONFLICT)),
    st.builds(Supersede, st.integers(1, 3)),
    st.just(Close("withdrawn")),
    st.just(Escalate("team_too_small")),
    st.just(HandBack()),
)


@given(st.lists(COMMAND, max_size=25))
def test_what_always_holds(commands: list[Command]) -> None:
    state = opened(Kind.INTAKE, 1)
    for command in commands:
        answer = transition(state, command)
        if isinstance(answer, Refusal):
            continue
        state, happened = answer
        assert happened
        assert (state.outcome is not None) == (state.status in {Status.DECIDED, Status.CHANGES_REQUESTED})
        assert len({ballot.voter for ballot in state.ballots}) == len(state.ballots) <= quorum.MOST_VOTES
        if state.status in {Status.OPEN, Status.DECIDED, Status.CHANGES_REQUESTED}:
            assert E not in state.verdicts
            assert quorum.outcome(state.verdicts) == state.outcome
        if state.outcome == Outcome.PUBLISHED:
            assert state.verdicts.count(A) >= 2
        if state.status in {Status.SUPERSEDED, Status.CLOSED}:
            assert all(isinstance(transition(state, one), Refusal) for one in COMMANDS.values())
