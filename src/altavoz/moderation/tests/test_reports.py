"""Reports: anybody may, people look at once, and who it was stays unknown."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction

from altavoz.core.models import Entry
from altavoz.moderation import actions
from altavoz.moderation.actions import reports
from altavoz.moderation.models import Case, Report
from altavoz.moderation.states import Code
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Team
from altavoz.moderation.tests.test_refusals import refused
from altavoz.moderation.tests.toys import Toys

pytestmark = pytest.mark.django_db
SUBJECT = "tests.toy:1"
Deliver = Callable[..., int]


def test_a_report_opens_an_urgent_case(toys: Toys, person: Person, at: datetime) -> None:
    toys.add(revision=4)
    reporter = person()
    made = actions.report(
        subject=SUBJECT, by=reporter, clause="harassment", note=" Minuto 3. ", note_language="es", at=at
    )
    case = Case.objects.get()
    assert (case.kind, case.lane, case.revision, case.language, case.due_at) == (
        "report", "urgent", 4, "es", at + timedelta(hours=24),
    )  # fmt: skip
    assert Report.objects.values().get() == {
        "id": made.pk, "subject": SUBJECT, "case_id": case.pk, "reporter_id": reporter.pk, "clause": "harassment",
        "note": "Minuto 3.", "note_language": "es", "at": at,
        "address": "", "language": "",
    }  # fmt: skip
    entry = Entry.objects.get(type="moderation.report_received")
    assert (entry.actor, entry.commitment, entry.public) == (
        "", "", {"case": case.pk, "kind": "report", "revision": 4, "clause": "harassment"},
    )  # fmt: skip


def test_reports_of_one_revision_join_one_case_and_nobody_counts_twice(
    toys: Toys, person: Person, at: datetime
) -> None:
    toys.add()
    first, second = person(), person()
    actions.report(subject=SUBJECT, by=first, clause="spam", at=at)
    actions.report(subject=SUBJECT, by=second, clause="harassment", at=at)
    refused(Code.ALREADY_REPORTED, lambda: actions.report(subject=SUBJECT, by=first, clause="spam", at=at))
    assert (Case.objects.count(), Report.objects.count()) == (1, 2)


def test_a_report_does_not_disturb_the_review_of_the_work(
    open_case: OpenCase, person: Person, at: datetime
) -> None:
    intake = open_case()
    actions.report(subject=SUBJECT, by=person(), clause="spam", at=at)
    assert list(Case.objects.order_by("pk").values_list("kind", "state")) == [
        ("intake", "open"),
        ("report", "open"),
    ]
    open_case(revision=2, kind="change")
    intake.refresh_from_db()
    assert (intake.state, Case.objects.get(kind="report").state) == ("superseded", "open")


def test_whoever_reported_decides_on_nothing_about_the_work(
    open_case: OpenCase, team: Team, at: datetime
) -> None:
    ana, beto = team(2)
    open_case()
    actions.report(subject=SUBJECT, by=ana, clause="spam", at=at)
    assert actions.claim(by=ana, at=at) is None
    assert actions.claim(by=beto, at=at) is not None


def test_a_moderator_who_reports_what_they_hold_cannot_vote_on_it(
    open_case: OpenCase, team: Team, at: datetime
) -> None:
    (ana,) = team(1)
    open_case()
    lease = actions.claim(by=ana, at=at)
    assert lease is not None
    actions.report(subject=SUBJECT, by=ana, clause="spam", at=at)
    refused(Code.CONFLICT, lambda: actions.vote(token=lease.token, by=ana, verdict="approve", at=at))


def test_a_version_that_was_looked_into_is_not_reported_again(
    toys: Toys, team: Team, cast: Cast, person: Person, at: datetime
) -> None:
    toys.add()
    actions.report(subject=SUBJECT, by=person(), clause="spam", at=at)
    for member in team(2):
        cast(member, "approve")
    refused(Code.REPORT_ANSWERED, lambda: actions.report(subject=SUBJECT, by=person(), clause="spam", at=at))
    toys.add(revision=2)
    actions.report(subject=SUBJECT, by=person(), clause="spam", at=at)


def test_what_cannot_be_reported(toys: Toys, person: Person, at: datetime) -> None:
    toys.add()
    ana, gone = person(), person()
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    refused(Code.NOT_PERMITTED, lambda: actions.report(subject=SUBJECT, by=gone, clause="spam", at=at))
    refused(Code.UNKNOWN_SUBJECT, lambda: actions.report(subject="tests.toy:9", by=ana, clause="spam", at=at))
    refused(Code.CLAUSE_UNKNOWN, lambda: actions.report(subject=SUBJECT, by=ana, clause="made_up", at=at))
    refused(
        Code.NOTE_TOO_LONG,
        lambda: actions.report(subject=SUBJECT, by=ana, clause="spam", note="x" * 2_001, at=at),
    )
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("approve", "They found no broken rule, so it stays."),
        ("reject", "A rule was broken, so it was taken off Altavoz."),
        ("changes", "asked its creator to change it."),
    ],
)
def test_everybody_who_reported_reads_the_outcome(
    toys: Toys,
    team: Team,
    cast: Cast,
    person: Person,
    deliver: Deliver,
    at: datetime,
    verdict: str,
    words: str,
) -> None:
    toys.add()
    judges = team(4)
    actions.report(subject=SUBJECT, by=person(language="en"), clause="spam", at=at)
    told = Report(subject=SUBJECT, address="haru@example.org", language="ja", clause="spam", at=at)
    with transaction.atomic():
        reports.file(told)
    deliver()
    mail.outbox.clear()
    for judge in judges:
        if Case.objects.get().state == "open":
            cast(judge, verdict)
    deliver()
    assert [(sent.to, sent.extra_headers["Content-Language"]) for sent in mail.outbox] == [
        (["Secret Name 5 <secret5@example.org>"], "en"),
        (["haru@example.org"], "ja"),
    ]
    assert mail.outbox[0].subject == "Your report was decided"
    assert words in str(mail.outbox[0].body)
