"""What the database refuses, whoever asks."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from altavoz.moderation.models import (
    Adoption,
    Clause,
    Exclusion,
    PolicyVersion,
    Report,
    Vote,
)
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Take, Team

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def denied(constraint: str, call: Callable[[], object]) -> None:
    """Fail unless the database refuses the call because of that constraint."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        call()


def copy_of(row: Model, **changes: Any) -> Callable[[], object]:
    """Return a call that stores the row once more, with changes."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return lambda: type(row)._default_manager.create(**(values | changes))


def changed(row: Model, **changes: Any) -> Callable[[], object]:
    """Return a call that changes the stored row."""
    return lambda: type(row)._default_manager.filter(pk=row.pk).update(**changes)


def test_cases(open_case: OpenCase, at: datetime) -> None:
    case = open_case()
    denied("one_unfinished", copy_of(case))
    denied("one_unfinished", copy_of(case, state="escalated", votes_needed=0))
    copy_of(case, kind="report")()
    denied("decided_all_or_none", changed(case, outcome="published"))
    denied("decided_all_or_none", changed(case, decided_at=at))
    denied("decided_all_or_none", changed(case, state="decided", outcome="published", votes_needed=0))
    denied("decided_all_or_none", changed(case, state="closed", decided_at=at, votes_needed=0))
    settled = {"outcome": "changes_requested", "decided_at": at, "votes_needed": 0}
    denied("changes_requested", changed(case, state="decided", **settled))
    denied("changes_requested", changed(case, state="changes_requested", **settled | {"outcome": "rejected"}))
    denied("moderation_case_words", changed(case, kind="gossip"))
    denied("moderation_case_words", changed(case, lane="fast"))
    denied("moderation_case_figures", changed(case, revision=0))
    denied("moderation_case_figures", changed(case, due_at=case.virtual_at))
    denied("votes_needed", changed(case, votes_needed=0))
    denied("votes_needed", changed(case, votes_needed=5))
    denied("votes_needed", changed(case, state="closed"))
    changed(case, state="changes_requested", **settled)()


def test_leases(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    lease = take(ana)
    denied("moderation_lease_once", copy_of(lease, token=uuid4()))
    denied("token", copy_of(lease, ended_at=at, ended_because="expired"))
    denied("moderation_lease_times", changed(lease, expires_at=at))
    denied("moderation_lease_times", changed(lease, expires_at=at + HOUR + timedelta(seconds=1)))
    changed(lease, expires_at=at + HOUR)()
    denied("ended_all_or_none", changed(lease, ended_at=at))
    denied("ended_all_or_none", changed(lease, ended_because="voted"))
    denied("ended_all_or_none", changed(lease, ended_at=at, ended_because="bored"))


def test_votes(open_case: OpenCase, team: Team, take: Take, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    lease = take(ana)
    vote = Vote(case_id=lease.case_id, moderator=ana, lease=lease, verdict="approve", at=at)
    denied("moderation_vote_verdict", copy_of(vote, verdict="maybe"))
    denied("names_a_clause", copy_of(vote, verdict="reject"))
    denied("names_a_clause", copy_of(vote, verdict="changes"))
    denied("approval_is_plain", copy_of(vote, clauses=["spam"]))
    denied("note_has_language", copy_of(vote, note="Hola"))
    denied("note_has_language", copy_of(vote, note_language="es"))
    denied("voided_all_or_none", copy_of(vote, voided_at=at))
    denied("voided_all_or_none", copy_of(vote, void_reason="conflict"))
    vote.save()
    denied("moderation_vote_once|lease_id", copy_of(vote))


def test_a_vote_is_final(open_case: OpenCase, team: Team, cast: Cast, at: datetime) -> None:
    (ana,) = team(1)
    open_case()
    vote = cast(ana, "approve")
    denied("A vote is final", changed(vote, verdict="escalate"))
    denied("A vote is final", changed(vote, verdict="escalate", voided_at=at, void_reason="conflict"))
    denied("A vote is final", vote.delete)
    changed(vote, voided_at=at, void_reason="conflict")()
    denied("A vote is final", changed(vote, voided_at=None, void_reason=""))


def test_exclusions_and_reports(open_case: OpenCase, person: Person, at: datetime) -> None:
    case, ana = open_case(), person()
    exclusion = Exclusion.objects.create(case=case, moderator=ana, cause="recused", at=at)
    denied("exclusion_once", copy_of(exclusion))
    denied("exclusion_cause", changed(exclusion, cause="whim"))
    report = Report.objects.create(subject=case.subject, case=case, reporter=ana, clause="spam", at=at)
    denied("report_once", copy_of(report))
    denied("note_has_language", changed(report, note="Hola"))


def test_guidelines(at: datetime) -> None:
    policy = PolicyVersion.objects.get()
    denied("policy_one_current", copy_of(policy, effective_from=at))
    denied("policy_start", copy_of(policy, effective_to=at))
    denied("policy_times", changed(policy, effective_to=policy.effective_from))
    denied("clause_once", copy_of(Clause.objects.get(code="spam")))
    denied("clause_origin", changed(Clause.objects.get(code="spam"), origin="hearsay"))


def test_adoptions(person: Person, at: datetime) -> None:
    ana, beto = person(), person()
    adoption = Adoption.objects.create(
        catalogue="tests.toy:3", language="es", scope={"import": 1}, policy=PolicyVersion.objects.get(),
        proposed_by=ana, proposed_at=at,
    )  # fmt: skip
    denied("one_living", copy_of(adoption))
    denied("seconded_all_or_none", changed(adoption, seconded_by=beto))
    denied("seconded_all_or_none", changed(adoption, adopted_at=at))
    denied("two_leads", changed(adoption, seconded_by=ana, adopted_at=at))
    denied("revoked_all_or_none", changed(adoption, revoked_at=at))
    denied("revoked_all_or_none", changed(adoption, revoked_because="No"))
    denied("adoption_scope", changed(adoption, scope={}))
