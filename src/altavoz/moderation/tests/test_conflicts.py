"""Staying away: before, during and after a decision."""

from datetime import datetime

import pytest

from altavoz.core.ledger import actions as ledger
from altavoz.core.models import Entry
from altavoz.moderation import actions
from altavoz.moderation.models import Exclusion, Lease, Vote
from altavoz.moderation.states import Code
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Take, Team
from altavoz.moderation.tests.test_cases import facts
from altavoz.moderation.tests.test_refusals import refused
from altavoz.moderation.tests.toys import Toys

pytestmark = pytest.mark.django_db


def test_recusal_is_one_step_and_for_good(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    lease = take(ana)
    actions.recuse(token=lease.token, by=ana, at=at)
    actions.recuse(token=lease.token, by=ana, at=at)
    lease.refresh_from_db()
    assert (lease.ended_because, Exclusion.objects.get().cause) == ("recused", "recused")
    assert actions.claim(by=ana, at=at) is None
    refused(Code.LEASE_ENDED, lambda: actions.vote(token=lease.token, by=ana, verdict="approve", at=at))


def test_recusing_after_the_vote_is_declaring_a_conflict(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    (ana,) = team(1)
    open_case()
    vote = cast(ana, "approve")
    refused(Code.ALREADY_VOTED, lambda: actions.recuse(token=vote.lease.token, by=ana, at=at))


def test_a_late_conflict_voids_the_vote_and_reopens_the_case(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    ana, beto, caro = team(3)
    case = open_case()
    cast(ana, "approve")
    cast(beto, "approve")
    actions.declare_conflict(case_id=case.pk, by=ana, at=at)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.decided_at, case.votes_needed) == ("open", "", None, 1)
    assert list(Vote.objects.order_by("pk").values_list("void_reason", "voided_at")) == [
        ("conflict", at),
        ("", None),
    ]
    assert facts("decision_undone") == [
        {
            "subject": "tests.toy:1", "case_id": case.pk, "revision": 1, "kind": "intake", "outcome": "published",
            "reopened": True,
        }
    ]  # fmt: skip
    assert Entry.objects.get(type="moderation.vote_voided").public == {
        "case": case.pk, "kind": "intake", "revision": 1, "vote_of": ledger.pseudonym(ana.pk), "reason": "conflict",
    }  # fmt: skip
    assert actions.claim(by=ana, at=at) is None
    cast(caro, "approve")
    case.refresh_from_db()
    assert case.outcome == "published"


def test_a_decision_that_stands_without_the_vote_stays(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    ana, *others = team(4)
    case = open_case()
    cast(ana, "reject")
    for member in others:
        cast(member, "approve")
    decided = actions.declare_conflict(case_id=case.pk, by=ana, at=at)
    assert (decided.state, decided.outcome, facts("decision_undone")) == ("decided", "published", [])


def test_nobody_decides_an_old_revision_again_when_a_newer_one_is_here(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    ana, beto = team(2)
    old = open_case()
    cast(ana, "approve")
    cast(beto, "approve")
    new = open_case(revision=2, kind="change")
    actions.declare_conflict(case_id=old.pk, by=ana, at=at)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == ("superseded", "open")
    assert [fact["reopened"] for fact in facts("decision_undone")] == [False]


def test_a_report_case_is_reopened_too(
    toys: Toys, team: Team, cast: Cast, person: Person, at: datetime
) -> None:
    toys.add()
    reported = actions.report(subject="tests.toy:1", by=person(), clause="spam", at=at)
    ana, beto = team(2)
    cast(ana, "reject")
    cast(beto, "reject")
    assert actions.declare_conflict(case_id=reported.case_id, by=beto, at=at).state == "open"


def test_only_one_s_own_counted_vote_can_be_taken_back(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    ana, beto = team(2)
    case = open_case()
    cast(ana, "approve")
    refused(Code.NO_VOTE, lambda: actions.declare_conflict(case_id=case.pk, by=beto, at=at))
    actions.declare_conflict(case_id=case.pk, by=ana, at=at)
    refused(Code.NO_VOTE, lambda: actions.declare_conflict(case_id=case.pk, by=ana, at=at))
    assert Exclusion.objects.count() == 1


def test_a_vote_in_a_case_that_is_over_stays(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    (ana,) = team(1)
    case = open_case()
    cast(ana, "approve")
    actions.close_case(subject=case.subject, reason="withdrawn", at=at)
    refused(Code.CASE_CLOSED, lambda: actions.declare_conflict(case_id=case.pk, by=ana, at=at))
    assert not Lease.objects.filter(ended_at__isnull=True).exists()
