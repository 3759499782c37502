"""Reports without an account: a link by mail confirms them, once, within limits, and leads to nobody."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction

from altavoz.moderation import actions, queries, records
from altavoz.moderation.actions import reports_by_mail
from altavoz.moderation.models import Case, PolicyVersion, Report, UnconfirmedReport
from altavoz.moderation.states import Code
from altavoz.moderation.tests.conftest import Person
from altavoz.moderation.tests.test_refusals import refused
from altavoz.moderation.tests.toys import Toys

pytestmark = pytest.mark.django_db
SUBJECT = "tests.toy:1"
PAGE = "https://altavoz.example/ja/report/confirm/"
Deliver = Callable[..., int]


def _told(at: datetime, **given: object) -> UnconfirmedReport:
    facts = {
        "subject": SUBJECT, "clause": "harassment", "note": " 3分目。 ", "note_language": "ja",
        "address": "Haru@Example.org", "language": "ja", "client": "c", "at": at,
    }  # fmt: skip
    return UnconfirmedReport(**facts | given)


def _asked(at: datetime, deliver: Deliver, **given: object) -> str:
    """Ask, and return the token that was mailed."""
    mail.outbox.clear()
    assert actions.ask_to_report(told=_told(at, **given), page=PAGE)
    deliver()
    (sent,) = mail.outbox
    found = re.search(re.escape(PAGE) + r"(\S+)/", str(sent.body))
    assert found is not None
    return found[1]


def test_nothing_is_reported_before_the_link_is_followed(toys: Toys, at: datetime, deliver: Deliver) -> None:
    toys.add()
    token = _asked(at, deliver)
    assert (Case.objects.count(), Report.objects.count()) == (0, 0)
    assert mail.outbox[0].to == ["haru@example.org"]
    assert mail.outbox[0].extra_headers["Content-Language"] == "ja"
    assert actions.waiting_report(token=token, at=at).subject == SUBJECT
    mail.outbox.clear()
    made = actions.confirm_report(token=token, at=at + timedelta(hours=1))
    deliver()
    assert (made.reporter, made.address, made.language, made.note, made.note_language, made.clause) == (
        None, "haru@example.org", "ja", "3分目。", "ja", "harassment",
    )  # fmt: skip
    assert Case.objects.get().kind == "report"
    assert UnconfirmedReport.objects.count() == 0
    (thanks,) = mail.outbox
    assert (thanks.to, thanks.extra_headers["Content-Language"]) == (["haru@example.org"], "ja")
    refused(Code.REPORT_LINK_OLD, lambda: actions.confirm_report(token=token, at=at))


def test_who_has_an_account_is_known_by_it_and_decides_nothing(
    toys: Toys, person: Person, at: datetime, deliver: Deliver
) -> None:
    toys.add()
    haru = person()
    token = _asked(at, deliver, address=haru.email.upper())
    made = actions.confirm_report(token=token, at=at)
    assert (made.reporter, made.address) == (haru, "")
    assert queries.barred(SUBJECT) == {haru.pk}


def test_who_gets_an_account_later_decides_nothing_either(
    toys: Toys, person: Person, at: datetime, deliver: Deliver
) -> None:
    toys.add()
    actions.confirm_report(token=_asked(at, deliver, address="secret1@example.org"), at=at)
    later = person()
    assert later.email == "secret1@example.org"
    assert queries.barred(SUBJECT) == {later.pk}
    assert [row["clause"] for row in records.export(later.pk)["reports"]] == ["harassment"]
    actions.ask_to_report(told=_told(at, address=later.email, subject=toys.add(2)), page=PAGE)
    records.erase(later.pk, at)
    kept = Report.objects.get()
    assert [kept.reporter, kept.address, kept.language, kept.note, kept.note_language] == [
        None,
        "",
        "",
        "",
        "",
    ]
    assert UnconfirmedReport.objects.count() == 0


def test_what_was_reported_from_another_address_of_theirs_is_theirs(
    toys: Toys, person: Person, at: datetime, deliver: Deliver
) -> None:
    toys.add()
    actions.confirm_report(token=_asked(at, deliver), at=at)
    later = person()
    other = EmailAddress.objects.create(user=later, email="haru@example.org")
    assert records.export(later.pk)["reports"] == []  # not before they proved that it is
    other.set_verified()
    assert [row["clause"] for row in records.export(later.pk)["reports"]] == ["harassment"]
    records.erase(later.pk, at)
    assert Report.objects.get().address == ""


def test_nobody_reports_twice(toys: Toys, at: datetime, deliver: Deliver) -> None:
    toys.add()
    first = _asked(at, deliver)
    assert not actions.ask_to_report(told=_told(at), page=PAGE)  # a double click
    later = at + timedelta(minutes=11)
    second = _asked(later, deliver)
    actions.confirm_report(token=first, at=later)
    refused(Code.ALREADY_REPORTED, lambda: actions.confirm_report(token=second, at=later))
    assert Report.objects.count() == 1


def test_limits_by_network_and_by_address(toys: Toys, at: datetime) -> None:
    for number in range(1, 14):
        toys.add(number)
    for number in range(1, reports_by_mail.PER_ADDRESS + 1):
        assert actions.ask_to_report(
            told=_told(at, subject=f"tests.toy:{number}", client=f"{number}"), page=PAGE
        )
    refused(
        Code.TOO_MANY_REPORTS,
        lambda: actions.ask_to_report(told=_told(at, subject="tests.toy:9", client="x"), page=PAGE),
    )
    for number in range(reports_by_mail.PER_CLIENT):
        told = _told(at, subject=f"tests.toy:{number + 1}", address=f"a{number}@example.org")
        assert actions.ask_to_report(told=told, page=PAGE)
    another = _told(at, subject="tests.toy:13", address="b@example.org")
    refused(Code.TOO_MANY_REPORTS, lambda: actions.ask_to_report(told=another, page=PAGE))
    tomorrow = _told(at + timedelta(days=1), subject="tests.toy:13", address="b@example.org")
    assert actions.ask_to_report(told=tomorrow, page=PAGE)


def test_what_cannot_be_asked(toys: Toys, at: datetime) -> None:
    toys.add()
    for code, given in (
        (Code.UNKNOWN_SUBJECT, {"subject": "tests.toy:9"}),
        (Code.CLAUSE_UNKNOWN, {"clause": "made_up"}),
        (Code.NOTE_TOO_LONG, {"note": "x" * 2_001}),
    ):
        refused(code, lambda given=given: actions.ask_to_report(told=_told(at, **given), page=PAGE))  # type: ignore[misc]  # bound at once
    PolicyVersion.objects.update(effective_from=at + timedelta(days=1))
    refused(Code.NO_POLICY, lambda: actions.ask_to_report(told=_told(at), page=PAGE))
    refused(Code.REPORT_LINK_OLD, lambda: actions.waiting_report(token="made-up", at=at))
    assert UnconfirmedReport.objects.count() == 0


def test_what_nobody_confirmed_is_forgotten(toys: Toys, at: datetime, deliver: Deliver) -> None:
    toys.add()
    token = _asked(at, deliver, note="")
    late = at + reports_by_mail.KEPT
    refused(Code.REPORT_LINK_OLD, lambda: actions.confirm_report(token=token, at=late))
    assert actions.forget_unconfirmed_reports(at=late - timedelta(seconds=1)) == 0
    assert actions.forget_unconfirmed_reports(at=late) == 1


def test_who_reported_is_forgotten_a_year_after_the_answer(
    toys: Toys, person: Person, at: datetime, deliver: Deliver
) -> None:
    subject = toys.add()
    by_mail = actions.confirm_report(token=_asked(at, deliver), at=at)
    signed_in = actions.report(subject=subject, by=person(), clause="spam", at=at)
    late = at + reports_by_mail.REPORTER_KEPT
    assert actions.forget_reporters(at=late) == 0  # nobody has answered yet
    actions.close_case(subject=subject, reason="test", at=at)
    assert actions.forget_reporters(at=late - timedelta(seconds=1)) == 0
    assert actions.forget_reporters(at=late) == 2
    assert actions.forget_reporters(at=late) == 0
    kept = [(row.pk, row.reporter, row.address, row.language) for row in Report.objects.order_by("pk")]
    assert kept == [(by_mail.pk, None, "", ""), (signed_in.pk, None, "", "")]


def test_the_database_knows_one_reporter_of_a_report(
    toys: Toys, person: Person, at: datetime, deliver: Deliver
) -> None:
    toys.add()
    made = actions.confirm_report(token=_asked(at, deliver), at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.update(reporter=person())
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)
