"""The desk: all that is needed to decide, nothing that would sway."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.moderation import actions, queries
from altavoz.moderation.diffing import FieldDiff, Op, Piece
from altavoz.moderation.models import Case
from altavoz.moderation.queries import (
    Allegation,
    DeskState,
    Escalation,
    HeldCase,
    Light,
    PublicCount,
    QueueCount,
    SeenVote,
)
from altavoz.moderation.states import Code
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Take, Team
from altavoz.moderation.tests.test_refusals import refused
from altavoz.moderation.tests.toys import Toys
from altavoz.people import actions as people

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def test_a_first_submission_on_one_screen(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    case = open_case(1, fields={"language": "ar"})
    lease = take(ana)
    shown = queries.case_for_desk(lease, at=at)
    assert (shown.token, shown.case_id, shown.kind, shown.revision, shown.language, shown.direction) == (
        lease.token, case.pk, "intake", 1, "es", "rtl",
    )  # fmt: skip
    assert (shown.work.title, shown.before, shown.changes, shown.allegations) == (
        "Aprende bucles",
        None,
        (),
        (),
    )
    assert (shown.due_at, shown.expires_at, shown.last_until) == (case.due_at, at + 3 * MINUTE, at + HOUR)
    assert (len(shown.clauses), shown.guidelines) == (24, case.policy.source_url)


def test_a_change_is_shown_against_what_was_approved(
    open_case: OpenCase, team: Team, cast: Cast, take: Take, at: datetime
) -> None:
    ana, beto = team(2)
    open_case()
    cast(ana, "approve")
    cast(beto, "approve")
    open_case(revision=2, kind="change", fields={"title": "Aprende ciclos"})
    shown = queries.case_for_desk(take(ana), at=at)
    assert shown.before is not None
    assert (shown.before.revision, shown.work.revision) == (1, 2)
    assert shown.changes == (
        FieldDiff(
            "title", (Piece(Op.SAME, "Aprende "), Piece(Op.REMOVED, "bucles"), Piece(Op.ADDED, "ciclos"))
        ),
    )


def test_a_report_shows_what_was_said_not_who(
    toys: Toys, team: Team, take: Take, person: Person, at: datetime
) -> None:
    toys.add()
    reporter = person()
    actions.report(
        subject="tests.toy:1", by=reporter, clause="harassment", note="Minuto 3", note_language="es", at=at
    )
    (ana,) = team(1)
    shown = queries.case_for_desk(take(ana), at=at)
    assert shown.allegations == (Allegation("harassment", "Minuto 3", "es"),)
    assert reporter.name not in json.dumps(asdict(shown), default=str)


def test_the_desk_shows_no_vote_of_others(
    open_case: OpenCase, team: Team, cast: Cast, take: Take, at: datetime
) -> None:
    ana, beto = team(2)
    open_case()
    cast(ana, "reject", "spam", note="Publicidad pura", note_language="es")
    shown = json.dumps(asdict(queries.case_for_desk(take(beto), at=at)), default=str)
    assert [word for word in ("Publicidad pura", "reject", ana.name) if word in shown] == []


def test_who_must_not_see_the_case_any_more(
    open_case: OpenCase, team: Team, take: Take, person: Person, at: datetime, toys: Toys
) -> None:
    author, (ana, beto) = person(), team(2)
    case = open_case(1, author.pk)
    lease, other = take(ana), take(beto)
    people.declare_affiliation(one=author, other=ana, reason="friend", by=ana, at=at)
    refused(Code.CONFLICT, lambda: queries.case_for_desk(lease, at=at))
    refused(Code.LEASE_EXPIRED, lambda: queries.case_for_desk(other, at=at + 3 * MINUTE))
    works = dict(toys.works)
    toys.works.clear()
    refused(Code.UNKNOWN_SUBJECT, lambda: queries.case_for_desk(other, at=at))
    toys.works.update(works)
    actions.release(token=other.token, by=beto, at=at)
    other.refresh_from_db()
    refused(Code.LEASE_ENDED, lambda: queries.case_for_desk(other, at=at))
    actions.close_case(subject=case.subject, reason="withdrawn", at=at)
    refused(Code.CASE_CLOSED, lambda: queries.case_for_desk(other, at=at))


def test_votes_are_seen_by_those_who_voted(open_case: OpenCase, team: Team, cast: Cast, at: datetime) -> None:
    ana, beto, caro = team(3)
    case = open_case()
    cast(ana, "approve")
    assert queries.votes_seen_by(beto, case.pk) == ()
    cast(beto, "reject", "spam", note="Publicidad", note_language="es")
    seen = queries.votes_seen_by(beto, case.pk)
    assert seen == (
        SeenVote("approve", (), "", "", at, own=False, counts=True),
        SeenVote("reject", ("spam",), "Publicidad", "es", at, own=True, counts=True),
    )
    assert queries.votes_seen_by(caro, case.pk) == ()
    actions.declare_conflict(case_id=case.pk, by=ana, at=at)
    assert queries.votes_seen_by(ana, case.pk) == ()
    assert [vote.counts for vote in queries.votes_seen_by(beto, case.pk)] == [False, True]


def test_what_one_holds_and_what_waits(
    open_case: OpenCase,
    team: Team,
    take: Take,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    (ana,) = team(1)
    case = open_case()
    lease = take(ana)
    with django_assert_num_queries(4):
        state = queries.desk_state(ana, at)
    assert state == DeskState(
        held=(HeldCase(lease.token, case.pk, "Aprende bucles", lease.expires_at),),
        queues=(QueueCount("es", 1, case.due_at, 0, Light.STUCK),),
    )
    open_case(2)
    open_case(3)
    take(ana)
    take(ana)
    with django_assert_num_queries(4):
        assert len(queries.desk_state(ana, at).held) == 3
    assert queries.desk_state(ana, at + 3 * MINUTE).held == ()


def test_a_held_case_whose_work_is_gone_has_no_title(
    open_case: OpenCase, team: Team, take: Take, toys: Toys, at: datetime
) -> None:
    (ana,) = team(1)
    open_case()
    take(ana)
    toys.works.clear()
    assert [held.title for held in queries.desk_state(ana, at).held] == [""]


def test_queues_by_language(open_case: OpenCase, team: Team, at: datetime) -> None:
    (ana, *_others) = team(8)
    portuguese = team(2, language="pt")
    people.join_team(account=ana, team=portuguese[0].memberships.get().team, role="member", by=None, at=at)
    first = open_case(1)
    open_case(2)
    assert queries.queue_counts(ana, at=at + 80 * HOUR) == (
        QueueCount("es", 2, first.due_at, 1, Light.OPEN),
        QueueCount("pt", 0, None, 0, Light.THIN),
    )


def test_what_waits_for_a_lead(open_case: OpenCase, team: Team, cast: Cast, toys: Toys) -> None:
    (ana,) = team(1)
    case = open_case()
    cast(ana, "escalate")
    assert queries.escalated("es") == (
        Escalation(case.pk, "Aprende bucles", "works/1-aprende-bucles/", "vote", case.due_at),
    )
    assert queries.escalated("pt") == ()
    toys.works.clear()
    assert queries.escalated("es") == ()


def test_public_figures_hide_small_numbers(open_case: OpenCase, team: Team, cast: Cast, at: datetime) -> None:
    members = team(2)
    for pk in range(1, 6):
        open_case(pk)
        for member in members:
            cast(member, "approve")
    for pk in range(6, 10):
        open_case(pk)
    open_case(10, language="pt")
    old: dict[str, Any] = {"state": "decided", "outcome": "rejected", "votes_needed": 0}
    Case.objects.filter(subject="tests.toy:10").update(decided_at=at - timedelta(days=40), **old)
    assert queries.public_counts(at) == (PublicCount("es", None, 5, 0, 0),)
    open_case(11)
    assert queries.public_counts(at) == (PublicCount("es", 5, 5, 0, 0),)
