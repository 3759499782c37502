"""Votes: blind, once, with reasons; what hostile or unlucky input comes to."""

from datetime import datetime, timedelta

import pytest

from altavoz.core.ledger import actions as ledger
from altavoz.core.models import Entry, PrivatePart
from altavoz.moderation import actions
from altavoz.moderation.clauses import SHIPPED, Document
from altavoz.moderation.models import Case, Lease, Vote
from altavoz.moderation.states import Code
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Take, Team
from altavoz.moderation.tests.test_cases import facts
from altavoz.moderation.tests.test_refusals import refused
from altavoz.people import actions as people
from altavoz.people.models import Team as PeopleTeam

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_two_approvals_publish(open_case: OpenCase, team: Team, cast: Cast, at: datetime) -> None:
    ana, beto = team(2)
    case = open_case()
    cast(ana, "approve")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.votes_needed) == ("open", "", 1)
    cast(beto, "approve", at=at + MINUTE)
    case.refresh_from_db()
    assert (case.state, case.outcome, case.votes_needed, case.decided_at) == (
        "decided", "published", 0, at + MINUTE,
    )  # fmt: skip
    assert facts("case_decided") == [
        {
            "subject": "tests.toy:1", "case_id": case.pk, "revision": 1, "kind": "intake", "outcome": "published",
            "clauses": [],
        }
    ]  # fmt: skip


def test_two_rejections_decline_with_the_clauses_of_both(open_case: OpenCase, team: Team, cast: Cast) -> None:
    ana, beto, caro = team(3)
    case = open_case()
    cast(ana, "reject", "spam", "off_topic", "spam")
    cast(beto, "changes", "broken_link")
    cast(caro, "reject", "spam")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("decided", "rejected")
    assert [fact["clauses"] for fact in facts("case_decided")] == [["off_topic", "spam"]]


def test_four_votes_may_ask_for_changes(open_case: OpenCase, team: Team, cast: Cast) -> None:
    case = open_case()
    for member, verdict in zip(team(4), ["approve", "changes", "reject", "approve"], strict=True):
        cast(member, verdict, *(["wrong_language"] if verdict == "changes" else []))
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("changes_requested", "changes_requested")
    assert facts("case_decided")[0]["clauses"] == ["spam", "wrong_language"]


def test_the_vote_is_written_down_and_the_lease_ends(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    (ana,) = team(1)
    case = open_case()
    vote = cast(ana, "changes", "broken_link", note="  El enlace no abre. ", note_language="es-ES")
    assert Vote.objects.values().get() == {
        "id": vote.pk, "case_id": case.pk, "moderator_id": ana.pk, "lease_id": vote.lease_id, "verdict": "changes",
        "clauses": ["broken_link"], "note": "El enlace no abre.", "note_language": "es-ES", "at": at,
        "voided_at": None, "void_reason": "",
    }  # fmt: skip
    lease = Lease.objects.get()
    assert (lease.ended_at, lease.ended_because) == (at, "voted")


def test_the_ledger_keeps_what_was_said_private(open_case: OpenCase, team: Team, cast: Cast) -> None:
    (ana,) = team(1)
    open_case()
    cast(ana, "reject", "spam", note="Publicidad", note_language="es")
    entry = Entry.objects.get(type="moderation.vote_cast")
    assert (entry.actor, entry.public) == (
        ledger.pseudonym(ana.pk), {"case": Case.objects.get().pk, "kind": "intake", "revision": 1},
    )  # fmt: skip
    assert PrivatePart.objects.get(entry=entry).body == {
        "verdict": "reject", "clauses": ["spam"], "note": "Publicidad",
    }  # fmt: skip
    assert ledger.verify().first_bad is None


def test_the_decision_in_the_ledger_names_the_pinned_guidelines(
    open_case: OpenCase, team: Team, cast: Cast
) -> None:
    open_case()
    for member in team(2):
        cast(member, "reject", "spam")
    entry = Entry.objects.get(type="moderation.case_decided")
    assert (entry.actor, entry.public) == ("", {
        "case": Case.objects.get().pk, "kind": "intake", "revision": 1, "outcome": "rejected", "clauses": ["spam"],
        "policy": SHIPPED.sha256,
    })  # fmt: skip


def test_a_double_click_counts_once(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    token = take(ana).token
    first = actions.vote(token=token, by=ana, verdict="approve", at=at)
    assert actions.vote(token=str(token), by=ana, verdict="approve", at=at + MINUTE) == first
    assert Vote.objects.get().at == at
    refused(
        Code.ALREADY_VOTED,
        lambda: actions.vote(token=token, by=ana, verdict="reject", clauses=["spam"], at=at + MINUTE),
    )


def test_an_expired_token_votes_for_nobody(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    token = take(ana).token
    refused(
        Code.LEASE_EXPIRED, lambda: actions.vote(token=token, by=ana, verdict="approve", at=at + 3 * MINUTE)
    )
    assert not Vote.objects.exists()
    late = at + 3 * MINUTE - timedelta(microseconds=1)
    assert actions.vote(token=token, by=ana, verdict="approve", at=late).at == late


def test_a_third_vote_after_the_decision_is_not_needed(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    ana, beto, caro = team(3)
    case = open_case()
    Case.objects.update(votes_needed=3)  # as if the rule had wanted three when it was lent
    tokens = [take(member).token for member in (ana, beto, caro)]
    for member, token in zip((ana, beto), tokens, strict=False):
        actions.vote(token=token, by=member, verdict="approve", at=at)
    refused(Code.CASE_DECIDED, lambda: actions.vote(token=tokens[2], by=caro, verdict="approve", at=at))
    assert case.votes.count() == 2


@pytest.mark.parametrize(("verdict", "clauses", "note", "code"), [
    ("reject", [], "", Code.CLAUSE_MISSING),
    ("changes", [], "", Code.CLAUSE_MISSING),
    ("approve", ["spam"], "", Code.CLAUSE_UNWANTED),
    ("reject", ["spam", "made_up"], "", Code.CLAUSE_UNKNOWN),
    ("escalate", ["made_up"], "", Code.CLAUSE_UNKNOWN),
    ("approve", [], "x" * 2_001, Code.NOTE_TOO_LONG),
])  # fmt: skip
def test_reasons_must_fit_the_verdict(
    open_case: OpenCase,
    team: Team,
    take: Take,
    at: datetime,
    verdict: str,
    clauses: list[str],
    note: str,
    code: Code,
) -> None:
    (ana,) = team(1)
    open_case()
    token = take(ana).token
    refused(
        code, lambda: actions.vote(token=token, by=ana, verdict=verdict, clauses=clauses, note=note, at=at)
    )
    assert not Vote.objects.exists()


def test_a_verdict_that_does_not_exist(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    token = take(ana).token
    with pytest.raises(ValueError, match="maybe"):
        actions.vote(token=token, by=ana, verdict="maybe", at=at)


def test_escalating_may_name_a_clause_and_ends_the_other_leases(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    ana, beto = team(2)
    case = open_case()
    mine, other = take(ana), take(beto)
    actions.vote(token=mine.token, by=ana, verdict="escalate", clauses=["copyright"], at=at)
    case.refresh_from_db()
    assert (case.state, case.reason, case.decided_at) == ("escalated", "vote", None)
    refused(Code.CASE_ESCALATED, lambda: actions.vote(token=other.token, by=beto, verdict="approve", at=at))


def test_a_moderator_who_becomes_an_affiliate_mid_case_cannot_vote(
    open_case: OpenCase, team: Team, take: Take, person: Person, at: datetime
) -> None:
    author, (ana,) = person(), team(1)
    open_case(1, author.pk)
    token = take(ana).token
    people.declare_affiliation(one=author, other=ana, reason="friend", by=author, at=at)
    refused(Code.CONFLICT, lambda: actions.vote(token=token, by=ana, verdict="approve", at=at))
    assert not Vote.objects.exists()


def test_who_voted_and_became_an_affiliate_does_not_count_when_it_is_decided(
    open_case: OpenCase, team: Team, cast: Cast, person: Person, at: datetime
) -> None:
    author, (ana, beto, caro) = person(), team(3)
    case = open_case(1, author.pk)
    cast(ana, "approve")
    people.declare_affiliation(one=author, other=ana, reason="friend", by=ana, at=at)
    cast(beto, "approve")
    case.refresh_from_db()
    assert (case.state, case.votes_needed) == ("open", 1)
    assert list(Vote.objects.order_by("pk").values_list("void_reason", flat=True)) == ["conflict", ""]
    cast(caro, "approve")
    case.refresh_from_db()
    assert case.outcome == "published"


def test_who_left_the_team_mid_case_cannot_vote(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    (ana,) = team(1)
    open_case()
    token = take(ana).token
    people.leave_team(membership=PeopleTeam.objects.get().memberships.get(account=ana), by=None, at=at)
    refused(Code.NOT_PERMITTED, lambda: actions.vote(token=token, by=ana, verdict="approve", at=at))


def test_guidelines_that_take_effect_during_a_case_do_not_reach_into_it(
    open_case: OpenCase, team: Team, cast: Cast, take: Take, at: datetime
) -> None:
    ana, beto = team(2)
    old = open_case()
    cast(ana, "reject", "spam")
    newer = Document(**(vars(SHIPPED) | {"clauses": SHIPPED.clauses[:3], "effective_from": at}))
    actions.load_policy(document=newer, at=at)
    cast(beto, "reject", "spam")
    old.refresh_from_db()
    new = open_case(2)
    assert (old.outcome, old.policy.sha256, new.policy.sha256) == ("rejected", SHIPPED.sha256, newer.sha256)
    token = take(ana).token
    refused(
        Code.CLAUSE_UNKNOWN,
        lambda: actions.vote(token=token, by=ana, verdict="reject", clauses=["spam"], at=at),
    )
