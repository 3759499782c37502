"""Who may do what: every role with every action, in every state of a case."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest

from altavoz.moderation import actions, policies
from altavoz.moderation.models import Case, Lease
from altavoz.moderation.refusals import Refused
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Team
from altavoz.people import actions as people
from altavoz.people.models import Account

pytestmark = pytest.mark.django_db

ROLES = [
    "stranger", "operator", "trainee", "member", "lead", "elsewhere", "translator", "past", "inactive", "author",
    "affiliate", "reporter", "recused", "voter",
]  # fmt: skip


@pytest.fixture
def people_by_role(team: Team, person: Person, at: datetime) -> dict[str, Account]:
    """Make one person of every role; the author's and reporter's parts are played in the tests."""
    roles = {
        role: team(1)[0]
        for role in ("member", "past", "inactive", "author", "affiliate", "reporter", "recused", "voter")
    }
    roles["trainee"], roles["lead"] = team(1, role="trainee")[0], team(1, role="lead")[0]
    roles["elsewhere"], roles["translator"] = team(1, language="pt")[0], team(1, kind="translation")[0]
    roles["stranger"], roles["operator"] = person(), person()
    roles["operator"].is_superuser = True
    roles["operator"].save(update_fields=["is_superuser"])
    roles["inactive"].is_active = False
    roles["inactive"].save(update_fields=["is_active"])
    people.leave_team(membership=roles["past"].memberships.get(), by=None, at=at)
    people.declare_affiliation(
        one=roles["author"], other=roles["affiliate"], reason="friend", by=roles["author"], at=at
    )
    return roles


def _played(roles: dict[str, Account], open_case: OpenCase, cast: Cast, at: datetime) -> Case:
    """Return a case in which everybody has played their part: one vote, one recusal, one report."""
    case = open_case(1, roles["author"].pk)
    recusing = actions.claim(by=roles["recused"], at=at)
    assert recusing is not None
    actions.recuse(token=recusing.token, by=roles["recused"], at=at)
    cast(roles["voter"], "approve")
    actions.report(subject=case.subject, by=roles["reporter"], clause="spam", at=at)
    Case.objects.filter(kind="report").update(state="closed", votes_needed=0)
    return case


@pytest.mark.parametrize("role", ROLES)
def test_only_members_and_leads_who_are_free_of_conflict_are_handed_the_case(
    people_by_role: dict[str, Account], open_case: OpenCase, cast: Cast, at: datetime, role: str
) -> None:
    case = _played(people_by_role, open_case, cast, at)
    answer = _answer(lambda: actions.claim(by=people_by_role[role], at=at))
    no_team = {"stranger", "operator", "trainee", "translator", "past", "inactive"}
    if role in {"member", "lead"}:
        assert answer == f"lease of case {case.pk}"
    else:
        assert answer == ("not_permitted" if role in no_team else "None")


@pytest.mark.parametrize("role", ROLES)
def test_a_forged_lease_does_not_help_them_to_vote(
    people_by_role: dict[str, Account], open_case: OpenCase, cast: Cast, at: datetime, role: str
) -> None:
    case = _played(people_by_role, open_case, cast, at)
    forged = Lease.objects.create(
        case=case,
        moderator=people_by_role[role],
        first_at=at,
        expires_at=at.replace(minute=11),
        token=uuid4(),
    )
    answer = _answer(
        lambda: actions.vote(token=forged.token, by=people_by_role[role], verdict="approve", at=at)
    )
    expected = {
        "member": f"vote in case {case.pk}", "lead": f"vote in case {case.pk}", "author": "conflict",
        "affiliate": "conflict", "reporter": "conflict", "recused": "conflict", "voter": "already_voted",
    }  # fmt: skip
    assert answer == expected.get(role, "not_permitted")


@pytest.mark.parametrize(
    "state", ["open", "decided", "changes_requested", "escalated", "superseded", "closed"]
)
@pytest.mark.parametrize("role", ["stranger", "member", "lead", "author"])
def test_what_each_role_may_do_in_each_state(
    people_by_role: dict[str, Account], open_case: OpenCase, cast: Cast, at: datetime, role: str, state: str
) -> None:
    case = _played(people_by_role, open_case, cast, at)
    who = people_by_role[role]
    lease = Lease.objects.create(case=case, moderator=who, first_at=at, expires_at=at.replace(minute=11))
    _put(case, state, at)
    answers = {
        "vote": _answer(lambda: actions.vote(token=lease.token, by=who, verdict="approve", at=at)),
        "hand_back": _answer(lambda: actions.hand_back(case_id=case.pk, by=who, at=at)),
        "declare_conflict": _answer(lambda: actions.declare_conflict(case_id=case.pk, by=who, at=at)),
    }
    assert answers == _expected(case, role, state)


def _put(case: Case, state: str, at: datetime) -> None:
    settled = {"decided": "published", "changes_requested": "changes_requested"}
    Case.objects.filter(pk=case.pk).update(
        state=state, outcome=settled.get(state, ""), decided_at=at if state in settled else None,
        votes_needed=1 if state == "open" else 0,
    )  # fmt: skip


def _expected(case: Case, role: str, state: str) -> dict[str, str]:
    moved_on = {
        "decided": "case_decided", "changes_requested": "case_decided", "escalated": "case_escalated",
        "superseded": "case_superseded", "closed": "case_closed", "open": "case_open",
    }  # fmt: skip
    may_vote = role in {"member", "lead"}
    if state == "open":
        vote = f"vote in case {case.pk}" if may_vote else {"author": "conflict"}.get(role, "not_permitted")
        hand_back = "case_decided" if may_vote else "not_permitted"  # the vote above was the second approval
    else:
        vote, hand_back = moved_on[state], moved_on[state]
    if state == "escalated":
        hand_back = "intake tests.toy:1 r1"
    if role != "lead":
        hand_back = "not_permitted"
    declared = "intake tests.toy:1 r1" if state == "open" and may_vote else "no_vote"
    return {"vote": vote, "hand_back": hand_back, "declare_conflict": declared}


def _answer(call: Callable[[], object]) -> str:
    """Return what came of a call: the result's name, or the code of the refusal."""
    try:
        return str(call())
    except Refused as refusal:
        return refusal.code.value


@pytest.mark.parametrize(("permission", "may"), [
    ("moderation.review", {"member", "lead", "author", "affiliate", "reporter", "recused", "voter"}),
    ("moderation.hand_back", {"lead"}),
    ("moderation.adopt", {"lead"}),
    ("moderation.report", set(ROLES) - {"inactive"}),
])  # fmt: skip
def test_the_table_of_permissions(people_by_role: dict[str, Account], permission: str, may: set[str]) -> None:
    assert {role for role, who in people_by_role.items() if policies.may(who, permission, "es")} == may
    assert not policies.may(None, permission, "es")
