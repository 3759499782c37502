"""What an author is told, in their language, and what never leaks."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

import pytest
from django.core import mail
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from altavoz.core.models import Delivery, Event
from altavoz.core.text import isolate
from altavoz.moderation import actions, handlers, queries
from altavoz.moderation.clauses import SHIPPED, WORDINGS
from altavoz.moderation.events import CaseDecided
from altavoz.moderation.models import Case, Vote
from altavoz.moderation.queries import CaseView, ClauseView, NoteView, Statement
from altavoz.moderation.tests.conftest import Cast, OpenCase, Person, Team
from altavoz.moderation.tests.toys import Toys
from altavoz.people.models import Account

pytestmark = pytest.mark.django_db
Deliver = Callable[..., int]
TITLE = isolate("Aprende bucles")


def declined(case: Case, members: list[Account], cast: Cast) -> Case:
    """Return the case after two rejections."""
    cast(members[0], "reject", "spam", note="Solo publicidad.", note_language="es")
    cast(members[1], "reject", "spam", "ban_evasion")
    case.refresh_from_db()
    return case


def test_the_whole_statement(
    open_case: OpenCase, team: Team, cast: Cast, person: Person, at: datetime
) -> None:
    case = declined(open_case(1, person("en").pk), team(2), cast)
    psf = SHIPPED.pinned_url + "#inappropriate-behavior"
    own = "http://localhost:8000/en/guidelines/#clause-spam"
    with translation.override("en"):
        ban, spam = WORDINGS["ban_evasion"], WORDINGS["spam"]
        expected = Statement(
            case_id=case.pk,
            subject="tests.toy:1",
            revision=1,
            outcome="rejected",
            language="en",
            direction="ltr",
            title="Aprende bucles",
            page="works/1-aprende-bucles/",
            what=f"“{TITLE}” was declined and is not shown on Altavoz.",
            since="In effect since March 14, 2026.",
            decided_at=at,
            facts=(
                "Version 1 reached us on March 14, 2026.",
                "2 people looked at it, each without knowing the others' opinion.",
            ),
            clauses=(
                ClauseView("ban_evasion", "psf", str(ban.label), str(ban.fix), psf),
                ClauseView("spam", "platform", str(spam.label), str(spam.fix), own),
            ),
            guidelines=SHIPPED.pinned_url,
            automated="People decided this. No part of the decision was automated.",
            decided_by="2 members of the Español team",
            notes=(NoteView("Solo publicidad.", "es", "Español", "ltr"),),
            resubmit="Change the work where it is published. We notice the new version by ourselves "
            "and people review it again.",
        )
    assert queries.statement_of_reasons(case) == expected


def test_nothing_is_stated_before_a_decision(open_case: OpenCase) -> None:
    assert queries.statement_of_reasons(open_case()) is None


def test_an_approval_names_no_clause(open_case: OpenCase, team: Team, cast: Cast, person: Person) -> None:
    case = open_case(1, person("en").pk)
    for member in team(2):
        cast(member, "approve", note="¡Muy bueno!", note_language="es")
    case.refresh_from_db()
    stated = queries.statement_of_reasons(case)
    assert stated is not None
    assert (stated.what, stated.clauses, stated.notes, stated.resubmit) == (
        f"“{TITLE}” was approved and may be shown on Altavoz.", (), (), "",
    )  # fmt: skip


@pytest.mark.parametrize(("kind", "verdict", "what"), [
    ("change", "reject", f"The new version of “{TITLE}” was declined; the version approved before stays visible."),
    ("report", "reject", f"“{TITLE}” was taken off Altavoz after a report."),
    ("intake", "changes", f"“{TITLE}” needs changes before it can be shown on Altavoz."),
])  # fmt: skip
def test_each_kind_of_decision_has_its_words(
    open_case: OpenCase, team: Team, cast: Cast, kind: str, verdict: str, what: str
) -> None:
    case = open_case(kind=kind)
    for member in team(4 if verdict == "changes" else 2):
        cast(member, verdict)
    case.refresh_from_db()
    stated = queries.statement_of_reasons(case, language="en")
    assert stated is not None
    assert (stated.what, len(stated.facts)) == (what, 3 if kind == "report" else 2)


def test_a_work_that_is_gone_still_gets_its_reasons(
    open_case: OpenCase, toys: Toys, team: Team, cast: Cast
) -> None:
    case = declined(open_case(), team(2), cast)
    toys.works.clear()
    stated = queries.statement_of_reasons(case, language="en")
    assert stated is not None
    assert (stated.title, stated.what) == ("", "Your work was declined and is not shown on Altavoz.")


@pytest.mark.parametrize(("kind", "verdict", "what"), [
    ("intake", "approve", "Your work was approved and may be shown on Altavoz."),
    ("intake", "changes", "Your work needs changes before it can be shown on Altavoz."),
    ("change", "reject", "The new version of your work was declined; the version approved before stays visible."),
    ("report", "reject", "Your work was taken off Altavoz after a report."),
])  # fmt: skip
def test_a_work_that_is_gone_is_not_spoken_of_as_a_title(
    open_case: OpenCase, toys: Toys, team: Team, cast: Cast, kind: str, verdict: str, what: str
) -> None:
    case = open_case(kind=kind)
    for member in team(4 if verdict == "changes" else 2):
        cast(member, verdict)
    toys.works.clear()
    case.refresh_from_db()
    stated = queries.statement_of_reasons(case, language="en")
    assert stated is not None
    assert stated.what == what


@pytest.mark.parametrize(("owner", "work", "spoken"), [
    ("ja", "es", "ja"), ("", "pt", "pt-br"), ("", "ar", "ar"), ("", "sw", "es"),
])  # fmt: skip
def test_the_language_is_the_authors_or_near_the_works(
    open_case: OpenCase, team: Team, cast: Cast, person: Person, owner: str, work: str, spoken: str
) -> None:
    owners = [person(owner).pk] if owner else []
    case = declined(open_case(1, *owners, language=work), team(2, language=work), cast)
    stated = queries.statement_of_reasons(case)
    assert stated is not None
    assert (stated.language, stated.direction) == (spoken, "rtl" if spoken == "ar" else "ltr")


def test_every_owner_gets_a_mail_in_their_language_once(
    open_case: OpenCase, team: Team, cast: Cast, person: Person, deliver: Deliver
) -> None:
    ana, beto = person("en"), person("ar")
    declined(open_case(1, ana.pk, beto.pk), team(2), cast)
    deliver()
    assert [(message.to, message.extra_headers["Content-Language"]) for message in mail.outbox] == [
        ([f"{ana.name} <{ana.email}>"], "en"), ([f"{beto.name} <{beto.email}>"], "ar"),
    ]  # fmt: skip
    letter = mail.outbox[0]
    assert letter.subject == "Declined: Aprende bucles"
    for part in (str(letter.body), str(vars(letter)["alternatives"][0][0])):
        assert "Solo publicidad." in part
        assert SHIPPED.pinned_url in part
        assert "2 members of the Español team" in part
    event = Event.objects.get(name=CaseDecided.name)
    assert Delivery.objects.filter(event=event, handler="moderation.tell_author").count() == 1
    deliver()
    assert len(mail.outbox) == 2


def test_changes_asked_for_are_mailed_as_such(
    open_case: OpenCase, team: Team, cast: Cast, person: Person, deliver: Deliver
) -> None:
    open_case(1, person("en").pk)
    for member in team(4):
        cast(member, "changes", "broken_link")
    deliver()
    assert [message.subject for message in mail.outbox] == ["Changes asked for: Aprende bucles"]


def test_no_mail_for_an_approval_nor_for_a_decision_that_was_undone(
    open_case: OpenCase, team: Team, cast: Cast, person: Person, deliver: Deliver, at: datetime
) -> None:
    members = team(3)
    open_case(1, person().pk)
    for member in members[:2]:
        cast(member, "approve")
    deliver()
    case = declined(open_case(2, person().pk), members, cast)
    actions.declare_conflict(case_id=case.pk, by=members[0], at=at)
    deliver()
    assert mail.outbox == []


def test_where_the_review_stands(
    open_case: OpenCase,
    team: Team,
    cast: Cast,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    case = declined(open_case(1), team(2), cast)
    open_case(2)
    open_case(3, kind="report")
    with django_assert_num_queries(1):
        assert queries.cases_of(["tests.toy:1"]) == {
            "tests.toy:1": CaseView(
                case_id=case.pk, subject="tests.toy:1", kind="intake", revision=1, state="decided",
                outcome="rejected", arrived_at=at, due_at=case.due_at, decided_at=at,
                words=queries.state_in_words(state="decided", outcome="rejected"),
            )
        }  # fmt: skip
    with django_assert_num_queries(1):
        views = queries.cases_of(["tests.toy:1", "tests.toy:2", "tests.toy:3"])
    assert {subject: view.state for subject, view in views.items()} == {
        "tests.toy:1": "decided", "tests.toy:2": "open",
    }  # fmt: skip


def test_nothing_an_author_or_visitor_sees_tells_who(
    open_case: OpenCase, toys: Toys, team: Team, cast: Cast, person: Person, deliver: Deliver, at: datetime
) -> None:
    author, reporter, members = person("en", name="The Author"), person(), team(4)
    case = open_case(1, author.pk)
    actions.report(subject=case.subject, by=reporter, clause="spam", note="Lo vi", note_language="es", at=at)
    reported = Case.objects.get(kind="report")
    for member in members:
        cast(member, "reject", note="Nota", note_language="es")
    for decided in (case, reported):
        decided.refresh_from_db()
        assert decided.outcome == "rejected"
    deliver()
    shown = json.dumps(
        [
            [asdict(stated) for one in (case, reported) if (stated := queries.statement_of_reasons(one))],
            [asdict(view) for view in queries.cases_of([case.subject]).values()],
            [asdict(count) for count in queries.public_counts(at)],
            [[message.subject, message.body, vars(message)["alternatives"]] for message in mail.outbox],
            list(Event.objects.filter(name__startswith="moderation.").values_list("body", flat=True)),
            toys.describe({1: None})[1].title,
        ],
        default=str,
    )
    assert "Nota" in shown
    tokens = [str(token) for token in Vote.objects.values_list("lease__token", flat=True)]
    people = [text for who in (*members, reporter) for text in (who.email, who.name, who.public_id)]
    assert [secret for secret in (*people, *tokens, "Lo vi") if secret in shown] == []


def test_the_keys_of_what_is_told_are_known(open_case: OpenCase, team: Team, cast: Cast) -> None:
    case = declined(open_case(), team(2), cast)
    stated = queries.statement_of_reasons(case)
    assert stated is not None
    context = handlers._context(stated)
    assert json.loads(json.dumps(context))["outcome"] == "rejected"
    assert not {"moderator", "reporter", "voter", "account"} & set(json.dumps(context).split('"'))
