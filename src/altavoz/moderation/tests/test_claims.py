"""Claims and leases: assigned not chosen, never too many, and what time does to them."""

import random
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.moderation import actions
from altavoz.moderation.models import Case, Exclusion, Lease
from altavoz.moderation.states import Code
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Take, Team
from altavoz.moderation.tests.test_refusals import refused
from altavoz.people import actions as people
from altavoz.people.models import Team as PeopleTeam

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Lot(random.Random):
    """A lot that always draws the same pick."""

    def __init__(self, pick: int) -> None:
        super().__init__(1)
        self.pick = pick

    def randrange(self, *_range: int) -> int:  # type: ignore[override]
        """Return the pick."""
        return self.pick


def test_a_claim_lends_a_case_for_three_minutes(open_case: OpenCase, team: Team, at: datetime) -> None:
    (ana,) = team(1)
    case = open_case()
    lease = actions.claim(by=ana, at=at)
    assert lease is not None
    assert Lease.objects.values().get() == {
        "id": lease.pk, "token": lease.token, "case_id": case.pk, "moderator_id": ana.pk, "first_at": at,
        "expires_at": at + 3 * MINUTE, "ended_at": None, "ended_because": "",
    }  # fmt: skip


def test_no_more_people_hold_a_case_than_votes_are_needed(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    ana, beto, caro = team(3)
    open_case()
    take(ana)
    take(beto)
    assert actions.claim(by=caro, at=at) is None
    assert actions.claim(by=caro, at=at + 3 * MINUTE) is not None


def test_after_one_approval_only_one_more_may_hold_it(
    open_case: OpenCase, team: Team, take: Take, cast: Cast, at: datetime
) -> None:
    ana, beto, caro = team(3)
    open_case()
    cast(ana, "approve")
    take(beto)
    assert actions.claim(by=caro, at=at) is None


def test_the_same_case_is_not_lent_twice_to_one_person(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    (ana,) = team(1)
    open_case()
    first = take(ana)
    assert actions.claim(by=ana, at=at) is None
    second = take(ana, at=at + 4 * MINUTE)
    first.refresh_from_db()
    assert (first.ended_because, second.case_id) == ("expired", first.case_id)


def test_three_cases_in_hand_are_enough(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    for pk in range(1, 5):
        open_case(pk)
    assert len({take(ana).case_id for _ in range(3)}) == 3
    refused(Code.TOO_MANY_LEASES, lambda: actions.claim(by=ana, at=at))


def test_only_one_s_own_languages(open_case: OpenCase, team: Team, person: Person, at: datetime) -> None:
    (ana,) = team(1)
    (joao,) = team(1, language="pt")
    open_case()
    assert actions.claim(by=joao, at=at) is None
    refused(Code.NOT_PERMITTED, lambda: actions.claim(by=ana, at=at, languages=["pt"]))
    refused(Code.NOT_PERMITTED, lambda: actions.claim(by=person(), at=at))
    assert actions.claim(by=ana, at=at, languages=["es", "pt"]) is not None


def test_the_urgent_lane_gets_four_of_five_picks(open_case: OpenCase, team: Team, at: datetime) -> None:
    members = team(5)
    normal, urgent = open_case(1, at=at - 1000 * MINUTE), open_case(2, kind="report")
    Case.objects.update(votes_needed=4)
    leases = [actions.claim(by=member, at=at, lot=Lot(pick)) for pick, member in enumerate(members)]
    assert [lease and lease.case_id for lease in leases] == [urgent.pk] * 4 + [normal.pk]


def test_the_other_lane_is_looked_into_when_one_is_empty(
    open_case: OpenCase, team: Team, at: datetime
) -> None:
    ana, beto = team(2)
    case = open_case()
    assert [actions.claim(by=ana, at=at, lot=Lot(0)), actions.claim(by=beto, at=at, lot=Lot(4))] == list(
        Lease.objects.filter(case=case).order_by("pk")
    )


def test_it_is_drawn_by_lot_from_the_ten_due_first(open_case: OpenCase, team: Team, at: datetime) -> None:
    cases = [open_case(pk) for pk in range(1, 15)]
    drawn = set()
    for seed, member in enumerate(team(25)):
        lease = actions.claim(by=member, at=at, lot=random.Random(seed))  # noqa: S311  a test's lot
        assert lease is not None
        drawn.add(lease.case_id)
    assert drawn <= {case.pk for case in cases[:14]}
    assert len(drawn) > 5


def test_a_lease_is_renewed_up_to_an_hour(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    lease = take(ana)
    for minutes in range(2, 60, 2):
        assert actions.renew(token=lease.token, by=ana, at=at + minutes * MINUTE).expires_at == min(
            at + (minutes + 3) * MINUTE, at + 60 * MINUTE
        )
    refused(Code.LEASE_AT_CAP, lambda: actions.renew(token=lease.token, by=ana, at=at + 60 * MINUTE))


def test_a_sleeping_phone_wakes_up_to_its_case_if_nobody_took_the_place(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    ana, beto, caro = team(3)
    open_case()
    lease = take(ana)
    later = at + 10 * MINUTE
    assert actions.renew(token=lease.token, by=ana, at=later).expires_at == later + 3 * MINUTE
    much_later = later + 10 * MINUTE
    take(beto, at=much_later)
    take(caro, at=much_later)
    refused(Code.LEASE_EXPIRED, lambda: actions.renew(token=lease.token, by=ana, at=much_later))


def test_waking_up_does_not_give_a_fourth_case(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    (ana,) = team(1)
    open_case(1)
    old = take(ana)
    later = at + 5 * MINUTE
    for pk in (2, 3, 4):
        Lease.objects.create(case=open_case(pk), moderator=ana, first_at=later, expires_at=later + MINUTE)
    refused(Code.TOO_MANY_LEASES, lambda: actions.renew(token=old.token, by=ana, at=later))


def test_whoever_left_the_team_or_came_too_close_gets_no_more_time(
    open_case: OpenCase, team: Team, take: Take, person: Person, at: datetime
) -> None:
    ana, beto = team(2)
    author = person()
    open_case(1, author.pk)
    first, second = take(ana), take(beto)
    people.leave_team(membership=PeopleTeam.objects.get().memberships.get(account=ana), by=None, at=at)
    people.declare_affiliation(one=author, other=beto, reason="friend", by=author, at=at)
    refused(Code.NOT_PERMITTED, lambda: actions.renew(token=first.token, by=ana, at=at))
    refused(Code.CONFLICT, lambda: actions.renew(token=second.token, by=beto, at=at))


@pytest.mark.parametrize("token", ["nonsense", "7b8f1c7e-24c5-4b26-9b0e-4a2c26a3f6b1"])
def test_a_made_up_token_opens_nothing(team: Team, token: str, at: datetime) -> None:
    (ana,) = team(1)
    refused(Code.LEASE_UNKNOWN, lambda: actions.renew(token=token, by=ana, at=at))
    refused(Code.LEASE_UNKNOWN, lambda: actions.vote(token=token, by=ana, verdict="approve", at=at))


def test_somebody_else_s_token_opens_nothing(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    ana, beto = team(2)
    open_case()
    lease = take(ana)
    refused(Code.LEASE_UNKNOWN, lambda: actions.renew(token=lease.token, by=beto, at=at))


def test_passing_on_a_case_gives_it_to_others_and_not_back(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    ana, beto, caro = team(3)
    open_case()
    lease = take(ana)
    actions.release(token=lease.token, by=ana, at=at)
    actions.release(token=lease.token, by=ana, at=at)
    lease.refresh_from_db()
    assert (lease.ended_because, lease.ended_at) == ("skipped", at)
    assert [take(beto).case_id, take(caro).case_id] == [lease.case_id, lease.case_id]
    assert actions.claim(by=ana, at=at + 11 * 60 * MINUTE) is None
    assert actions.claim(by=ana, at=at + 12 * 60 * MINUTE) is not None
    refused(Code.LEASE_ENDED, lambda: actions.vote(token=lease.token, by=ana, verdict="approve", at=at))


def test_cases_are_assigned_not_chosen_so_one_cannot_pass_on_for_ever(
    open_case: OpenCase, team: Team, take: Take, at: datetime
) -> None:
    (ana,) = team(1)
    for pk in range(1, 8):
        open_case(pk)
    for _ in range(5):
        actions.release(token=take(ana).token, by=ana, at=at)
    lease = take(ana)
    refused(Code.TOO_MANY_SKIPS, lambda: actions.release(token=lease.token, by=ana, at=at + 59 * MINUTE))
    actions.release(token=lease.token, by=ana, at=at + 60 * MINUTE)


def test_whoever_is_too_close_is_passed_over_and_remembered(
    open_case: OpenCase, team: Team, at: datetime
) -> None:
    ana, friend = team(2)
    for pk in range(1, 13):
        open_case(pk, ana.pk)
    others = open_case(13)
    people.declare_affiliation(one=ana, other=friend, reason="friend", by=friend, at=at)
    for member in (ana, friend):
        lease = actions.claim(by=member, at=at)
        assert lease is not None
        assert lease.case_id == others.pk
    assert set(Exclusion.objects.values_list("cause", flat=True)) == {"conflict"}


def test_a_claim_costs_the_same_with_one_and_with_many_waiting(
    open_case: OpenCase, team: Team, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ana, beto = team(2)
    open_case()
    with django_assert_num_queries(12):
        actions.claim(by=ana, at=at, lot=Lot(4))
    for pk in range(2, 5):
        open_case(pk)
    with django_assert_num_queries(12):
        actions.claim(by=beto, at=at, lot=Lot(4))
