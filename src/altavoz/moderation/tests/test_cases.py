"""Opening cases, their place in the queue, and what happens when the work changes or goes."""

from datetime import datetime, timedelta

import pytest

from altavoz.core.models import Entry, Event
from altavoz.moderation import actions
from altavoz.moderation.models import Case, PolicyVersion, Vote
from altavoz.moderation.states import Code
from altavoz.moderation.tasks import escalate_stuck
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Take, Team
from altavoz.moderation.tests.test_refusals import refused
from altavoz.moderation.tests.toys import Toys
from altavoz.people import actions as people
from altavoz.people.models import Team as PeopleTeam

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def facts(name: str) -> list[dict[str, object]]:
    """Return the recorded facts of that name."""
    return list(Event.objects.filter(name=f"moderation.{name}").order_by("pk").values_list("body", flat=True))


def ledger() -> list[str]:
    """Return the types of this room's ledger entries."""
    entries = Entry.objects.filter(type__startswith="moderation.case").order_by("seq")
    return [entry.type.removeprefix("moderation.") for entry in entries]


def test_a_case_is_opened(open_case: OpenCase, at: datetime) -> None:
    case = open_case()
    assert Case.objects.values().get() == {
        "id": case.pk, "subject": "tests.toy:1", "kind": "intake", "revision": 1, "compared_to": None,
        "language": "es", "author": "showcase.creator:7", "policy_id": PolicyVersion.objects.get().pk,
        "state": "open", "reason": "", "outcome": "", "decided_at": None, "lane": "normal", "arrived_at": at,
        "virtual_at": at, "due_at": at + 72 * HOUR, "votes_needed": 2,
    }  # fmt: skip
    assert facts("case_opened") == [
        {
            "subject": "tests.toy:1", "case_id": case.pk, "revision": 1, "kind": "intake", "language": "es",
            "due_at": (at + 72 * HOUR).isoformat(),
        }
    ]  # fmt: skip
    assert ledger() == ["case_opened"]


def test_opening_it_again_changes_nothing(open_case: OpenCase) -> None:
    assert open_case() == open_case()
    assert Case.objects.count() == len(facts("case_opened")) == 1


def test_an_author_s_burst_is_spread_and_low_cases_wait_longer(open_case: OpenCase, at: datetime) -> None:
    first, second, imported = open_case(1), open_case(2), open_case(3, low=True)
    stranger = open_case(4, fields={"creator": "", "creator_name": ""})
    assert [case.due_at - at for case in (first, second, imported, stranger)] == [
        72 * HOUR, 84 * HOUR, (24 + 168) * HOUR, 72 * HOUR,
    ]  # fmt: skip
    assert (imported.lane, stranger.author) == ("low", "tests.toy:4")


def test_a_new_revision_takes_the_place_in_the_queue(
    open_case: OpenCase, team: Team, cast: Cast, take: Take, at: datetime
) -> None:
    ana, beto = team(2)
    old = open_case()
    cast(ana, "approve")
    lease = take(beto)
    new = open_case(revision=2, kind="change", at=at + 5 * HOUR)
    old.refresh_from_db()
    lease.refresh_from_db()
    assert (old.state, old.votes_needed, new.state, new.due_at, new.arrived_at) == (
        "superseded", 0, "open", at + 72 * HOUR, at + 5 * HOUR,
    )  # fmt: skip
    assert Vote.objects.values_list("void_reason", flat=True).get() == "revision_changed"
    assert lease.ended_because == "case_moved_on"
    assert facts("case_superseded") == [
        {"subject": "tests.toy:1", "case_id": old.pk, "revision": 1, "kind": "intake", "by_revision": 2}
    ]
    assert ledger() == ["case_opened", "case_superseded", "case_opened"]
    refused(Code.CASE_SUPERSEDED, lambda: actions.vote(token=lease.token, by=beto, verdict="approve", at=at))
    refused(Code.CASE_SUPERSEDED, lambda: actions.renew(token=lease.token, by=beto, at=at))


def test_news_that_come_late_do_not_turn_back_the_clock(open_case: OpenCase) -> None:
    newest = open_case(revision=3)
    assert open_case(revision=2) == newest


def test_a_decided_revision_is_not_decided_again_but_a_new_one_is(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    case = open_case()
    for member in team(2):
        cast(member, "approve")
    assert open_case() == case
    changed = open_case(revision=2, kind="change", at=at + HOUR)
    assert (changed.compared_to, changed.state) == (1, "open")
    assert open_case(3, compared_to=8).compared_to == 8


def test_a_withdrawn_work_may_come_back_as_it_was(open_case: OpenCase, at: datetime) -> None:
    first = open_case()
    actions.close_case(subject=first.subject, reason="withdrawn", at=at)
    again = open_case()
    assert (again.pk != first.pk, again.state) == (True, "open")


def test_withdrawing_closes_what_waits(
    open_case: OpenCase, team: Team, take: Take, person: Person, at: datetime
) -> None:
    case = open_case()
    (ana,) = team(1)
    lease = take(ana)
    assert actions.close_case(subject=case.subject, reason="withdrawn", by=person(), at=at) == 1
    case.refresh_from_db()
    assert (case.state, case.reason) == ("closed", "withdrawn")
    assert facts("case_closed") == [
        {"subject": "tests.toy:1", "case_id": case.pk, "revision": 1, "kind": "intake", "reason": "withdrawn"}
    ]
    refused(Code.CASE_CLOSED, lambda: actions.vote(token=lease.token, by=ana, verdict="approve", at=at))
    assert actions.close_case(subject=case.subject, reason="withdrawn", at=at) == 0


def test_what_cannot_be_opened(open_case: OpenCase, toys: Toys, at: datetime) -> None:
    refused(Code.KIND_NOT_YET, lambda: open_case(kind="appeal"))
    refused(Code.KIND_NOT_YET, lambda: open_case(kind="ratify"))
    refused(Code.NO_POLICY, lambda: open_case(at=datetime.fromisoformat("2020-01-01T00:00:00Z")))
    gone = {"subject": f"{toys.label}:99", "revision": 1, "kind": "intake", "language": "es", "at": at}
    refused(Code.UNKNOWN_SUBJECT, lambda: actions.open_case(**gone))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nonsense"):
        open_case(kind="nonsense")
    assert not Case.objects.exists()


def test_a_team_of_one_can_vote_and_then_the_case_goes_to_the_leads(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    case = open_case()
    (ana,) = team(1)
    cast(ana, "approve")
    assert actions.claim(by=ana, at=at) is None
    assert actions.escalate_stuck(at=at + 72 * HOUR) == 0
    assert actions.escalate_stuck(at=at + 73 * HOUR) == 1
    case.refresh_from_db()
    assert (case.state, case.reason, case.votes_needed) == ("escalated", "team_too_small", 0)
    assert facts("case_escalated") == [
        {
            "subject": "tests.toy:1", "case_id": case.pk, "revision": 1, "kind": "intake", "language": "es",
            "reason": "team_too_small",
        }
    ]  # fmt: skip
    assert actions.escalate_stuck(at=at + 74 * HOUR) == 0


def test_an_overdue_case_with_enough_people_stays_open(open_case: OpenCase, team: Team, at: datetime) -> None:
    open_case()
    team(2)
    assert actions.escalate_stuck(at=at + 100 * HOUR) == 0
    escalate_stuck(0)
    assert Case.objects.get().state == "open"


def test_a_lead_hands_an_escalated_case_back_once_the_team_grew(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    case = open_case()
    ana, beto = team(2)
    cast(ana, "approve")
    cast(beto, "escalate")
    (lead,) = team(1, role="lead")
    refused(Code.NOT_PERMITTED, lambda: actions.hand_back(case_id=case.pk, by=ana, at=at))
    handed = actions.hand_back(case_id=case.pk, by=lead, at=at)
    assert (handed.state, handed.votes_needed, handed.reason) == ("open", 1, "")
    assert list(Vote.objects.order_by("pk").values_list("void_reason", flat=True)) == ["", "handed_back"]
    refused(Code.CASE_OPEN, lambda: actions.hand_back(case_id=case.pk, by=lead, at=at))
    assert ledger() == ["case_opened", "case_escalated", "case_handed_back"]


def test_a_lead_who_is_too_close_hands_nothing_back(
    open_case: OpenCase, team: Team, cast: Cast, at: datetime
) -> None:
    (lead,) = team(1, role="lead")
    case = open_case(1, lead.pk)
    (ana,) = team(1)
    cast(ana, "escalate")
    refused(Code.CONFLICT, lambda: actions.hand_back(case_id=case.pk, by=lead, at=at))


def test_the_moderator_who_left_no_longer_makes_a_quorum(
    open_case: OpenCase, team: Team, at: datetime
) -> None:
    open_case()
    ana, _beto = team(2)
    membership = PeopleTeam.objects.get().memberships.get(account=ana)
    people.leave_team(membership=membership, by=None, at=at)
    assert actions.escalate_stuck(at=at + 100 * HOUR) == 1
