"""The actions against the pure table: whatever is asked in whatever order, rows and rules say the same."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from altavoz.core.ledger import actions as ledger
from altavoz.moderation import actions
from altavoz.moderation.models import Case
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import (
    CaseState,
    CastVote,
    Close,
    Command,
    HandBack,
    Kind,
    Refusal,
    Status,
    Supersede,
    Verdict,
    VoidReason,
    VoidVote,
    opened,
    quorum,
    transition,
)
from altavoz.moderation.tests.conftest import Team
from altavoz.moderation.tests.toys import Toys
from altavoz.people.models import Account

pytestmark = pytest.mark.django_db
MEMBERS = 6

ASKED = st.one_of(
    st.tuples(st.just("vote"), st.integers(0, MEMBERS - 1), st.sampled_from(list(Verdict))),
    st.tuples(st.just("conflict"), st.integers(0, MEMBERS - 1)),
    st.tuples(st.just("hand_back")),
    st.tuples(st.just("revise")),
    st.tuples(st.just("close")),
)


class Both:
    """One case, as rows and as the pure state, moved together."""

    def __init__(self, toys: Toys, members: Sequence[Account], at: datetime) -> None:
        self.toys, self.members, self.at = toys, members, at
        self.left: set[int] = set()
        self.case = self.open(1)
        self.state = opened(Kind.INTAKE, 1)

    def open(self, revision: int) -> Case:
        """Announce a revision."""
        subject = self.toys.add(1, revision=revision)
        return actions.open_case(subject=subject, revision=revision, kind="intake", language="es", at=self.at)

    def vote(self, number: int, verdict: Verdict) -> None:
        """Claim and vote; a claim is in vain exactly where the rules leave nothing to vote on."""
        by = self.members[number]
        lease = actions.claim(by=by, at=self.at)
        may = self.state.status == Status.OPEN and by.pk not in self.left and not self.voted(by)
        assert (lease is not None) == may
        if lease is not None:
            named = ["spam"] if verdict in {Verdict.REJECT, Verdict.CHANGES} else []
            actions.vote(token=lease.token, by=by, verdict=verdict, clauses=named, at=self.at)
            self.model(CastVote(by.pk, verdict, self.state.revision))

    def voted(self, by: Account) -> bool:
        """Tell whether there ever was a vote of theirs, counted or void."""
        return self.case.votes.filter(moderator=by).exists()

    def conflict(self, number: int) -> None:
        """Take a vote back."""
        by = self.members[number]
        refused = self.refused(lambda: actions.declare_conflict(case_id=self.case.pk, by=by, at=self.at))
        if not self.state.has_voted(by.pk):
            assert refused == "no_vote"
        elif self.model(VoidVote(by.pk, VoidReason.CONFLICT), refused):
            self.left.add(by.pk)

    def hand_back(self) -> None:
        """Give an escalated case back to the team."""
        lead = self.members[0]
        self.model(
            HandBack(), self.refused(lambda: actions.hand_back(case_id=self.case.pk, by=lead, at=self.at))
        )

    def close(self) -> None:
        """Withdraw the work."""
        closed = actions.close_case(subject=self.case.subject, reason="withdrawn", at=self.at)
        self.model(Close("withdrawn"), "" if closed else "nothing to close")

    def revise(self) -> None:
        """Publish a new revision: an unfinished case is superseded, and the new one is played on."""
        number = self.state.revision + 1
        newer = self.open(number)
        if self.state.status in {Status.OPEN, Status.ESCALATED}:
            self.model(Supersede(number))
        self.check()
        self.case, self.state, self.left = newer, opened(Kind.INTAKE, number), set()

    def model(self, command: Command, refused: str = "") -> bool:
        """Move the pure state; both must agree on whether the step is allowed."""
        answer = transition(self.state, command)
        assert isinstance(answer, Refusal) == bool(refused)
        if not isinstance(answer, Refusal):
            self.state = answer[0]
        return not refused

    @staticmethod
    def refused(call: object) -> str:
        """Return the code of the refusal, or nothing."""
        try:
            call()  # type: ignore[operator]
        except Refused as refusal:
            return refusal.code.value
        return ""

    def check(self) -> None:
        """Compare rows and rules."""
        self.case.refresh_from_db()
        found: CaseState = self.case.as_state()
        assert found == self.state
        needed = quorum.votes_needed(self.state.verdicts) if self.state.status == Status.OPEN else 0
        assert self.case.votes_needed == needed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=st.lists(ASKED, max_size=14))
def test_rows_and_rules_say_the_same(
    script: list[tuple[object, ...]], toys: Toys, team: Team, at: datetime
) -> None:
    with transaction.atomic():
        toys.works.clear()
        both = Both(toys, [*team(1, role="lead"), *team(MEMBERS - 1)], at)
        for name, *arguments in script:
            getattr(both, str(name))(*arguments)
            both.check()
        assert ledger.verify().first_bad is None
        transaction.set_rollback(True)
