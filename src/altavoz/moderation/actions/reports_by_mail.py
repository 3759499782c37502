"""Reporting without an account: the address is confirmed first, within limits that ask nobody a puzzle."""

from datetime import datetime, timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet

from altavoz.core import languages, subjects
from altavoz.moderation import queries
from altavoz.moderation.actions import reports
from altavoz.moderation.actions.locks import hold
from altavoz.moderation.models import Clause, Report, UnconfirmedReport
from altavoz.moderation.models.case import UNFINISHED
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Code
from altavoz.people import mail
from altavoz.people.models import Account

#: A link in a mail works so long; what was not confirmed is deleted then.
KEPT: Final = timedelta(days=2)
#: Who reported is known so long after the answer.
REPORTER_KEPT: Final = timedelta(days=365)
#: So many reports a day come from one network, and are mailed to one address.
PER_CLIENT, PER_ADDRESS = 10, 3
_DAY: Final = timedelta(days=1)
_AGAIN: Final = timedelta(minutes=10)
_SALT: Final = "altavoz.moderation.report"


@transaction.atomic
def ask_to_report(*, told: UnconfirmedReport, page: str) -> bool:
    """Keep a report until its address confirms it, and mail the link; return whether a mail goes out.

    `told` is not stored yet; its `client` is a key of one network for one day, empty where it is not known. `page` is
    the address of the page that the signed token is added to. The same report of the same address within ten minutes
    stays one, with one mail. Raises Refused: unknown_subject, no_policy, clause_unknown, note_too_long,
    too_many_reports.
    """
    told.address = told.address.strip().lower()
    told.note = told.note.strip()
    told.note_language = languages.normalise(told.note_language) if told.note else ""
    title = _checked(told)
    hold(f"reports {told.client}")
    hold(f"reports {told.address}")
    lately = UnconfirmedReport.objects.filter(at__gt=told.at - _DAY)
    mine = lately.filter(address=told.address)
    if mine.filter(subject=told.subject, at__gt=told.at - _AGAIN).exists():
        return False
    near = lately.filter(client=told.client).exclude(client="")
    if near.count() >= PER_CLIENT or mine.count() >= PER_ADDRESS:
        raise Refused(Code.TOO_MANY_REPORTS)
    told.save(force_insert=True)
    link = f"{page}{signing.dumps(told.pk, salt=_SALT)}/"
    mail.send(
        told.address,
        template="moderation/mail/confirm_report",
        context={"title": title, "link": link},
        language=told.language,
    )
    return True


def _checked(told: UnconfirmedReport) -> str:
    """Return the title of what is reported, if it can be."""
    if len(told.note) > reports.LONGEST_NOTE:
        raise Refused(Code.NOTE_TOO_LONG)
    work = subjects.describe(told.subject)
    if work is None:
        raise Refused(Code.UNKNOWN_SUBJECT)
    policy = queries.policy_current(told.at)
    if policy is None:
        raise Refused(Code.NO_POLICY)
    if not Clause.objects.filter(policy=policy, code=told.clause).exists():
        raise Refused(Code.CLAUSE_UNKNOWN)
    return work.title


def waiting_report(*, token: str, at: datetime) -> UnconfirmedReport:
    """Return what a link is about. Raises Refused: report_link_old."""
    return _found(UnconfirmedReport.objects.all(), token, at)


def _found(rows: QuerySet[UnconfirmedReport], token: str, at: datetime) -> UnconfirmedReport:
    try:
        pk = signing.loads(token, salt=_SALT, max_age=None)
    except signing.BadSignature:
        raise Refused(Code.REPORT_LINK_OLD) from None
    found = rows.filter(pk=pk, at__gt=at - KEPT).first()
    if found is None:
        raise Refused(Code.REPORT_LINK_OLD)
    return found


@transaction.atomic
def confirm_report(*, token: str, at: datetime) -> Report:
    """File the report of a link whose address is confirmed by it, and forget the link.

    Whoever has an account with this address is its reporter, so that they never decide on it. Raises Refused:
    report_link_old, and what `report` raises.
    """
    # Pressed twice, the second waits for the first and then finds nothing.
    waiting = _found(UnconfirmedReport.objects.select_for_update(), token, at)
    UnconfirmedReport.objects.filter(pk=waiting.pk).delete()
    account = Account.objects.filter(email__iexact=waiting.address, is_active=True).first()
    told = Report(
        subject=waiting.subject,
        reporter=account,
        address="" if account else waiting.address,
        language=waiting.language,
        clause=waiting.clause,
        note=waiting.note,
        note_language=waiting.note_language,
        at=at,
    )
    return reports.file(told)


def forget_unconfirmed_reports(*, at: datetime) -> int:
    """Delete what nobody confirmed in time; return how many."""
    return UnconfirmedReport.objects.filter(at__lte=at - KEPT).delete()[0]


def forget_reporters(*, at: datetime) -> int:
    """Forget who reported what was answered a year ago, account or address; return how many reports that were.

    What was said stays with the case.
    """
    long_ago = at - REPORTER_KEPT
    answered = Report.objects.exclude(case__state__in=UNFINISHED).filter(
        Q(case__decided_at=None) | Q(case__decided_at__lte=long_ago), at__lte=long_ago
    )
    known = answered.exclude(reporter=None, address="")
    return known.update(reporter=None, address="", language="")
