"""Reporting a work: whoever does is kept from deciding on it, and never named."""

from datetime import datetime
from typing import Final

from django.db import transaction

from altavoz.core import languages, subjects
from altavoz.core.subjects import Description
from altavoz.moderation import policies
from altavoz.moderation.actions.cases import open_case
from altavoz.moderation.actions.locks import hold_case
from altavoz.moderation.actions.writing import note as note_in_ledger
from altavoz.moderation.models import Case, Clause, Report
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Code, Kind, Status
from altavoz.people import mail
from altavoz.people.models import Account

LONGEST_NOTE: Final = 2_000


@transaction.atomic
def report(
    *, subject: str, by: Account, clause: str, at: datetime, note: str = "", note_language: str = ""
) -> Report:
    """Say that a work breaks a rule, as anybody signed in may.

    Afterwards an urgent case on its newest revision is open, or joined; the reporter decides on nothing about this
    work; the ledger has a line that leads to nobody; a mail to the reporter says what happens next. Raises Refused:
    not_permitted, unknown_subject, clause_unknown, note_too_long, already_reported, report_answered, no_policy.
    """
    if not policies.may(by, "moderation.report"):
        raise Refused(Code.NOT_PERMITTED)
    told = Report(subject=subject, reporter=by, clause=clause, note=note, note_language=note_language, at=at)
    return file(told)


def file(told: Report) -> Report:
    """Store a report by whoever it names, an account or an address; the caller holds the transaction.

    See `report` for what holds afterwards and what it raises.
    """
    if len(told.note) > LONGEST_NOTE:
        raise Refused(Code.NOTE_TOO_LONG)
    work, case = _case_for(told.subject, told.at)
    if not Clause.objects.filter(policy=case.policy_id, code=told.clause).exists():
        raise Refused(Code.CLAUSE_UNKNOWN)
    # The case is locked, so nobody files the same report beside us.
    if Report.objects.filter(case=case, reporter=told.reporter, address=told.address).exists():
        raise Refused(Code.ALREADY_REPORTED)
    told.case, told.note = case, told.note.strip()
    told.note_language = languages.normalise(told.note_language) if told.note else ""
    told.save(force_insert=True)
    note_in_ledger(case, "report_received", None, told.at, clause=told.clause)
    _thank(told, work)
    return told


def _case_for(subject: str, at: datetime) -> tuple[Description, Case]:
    work = subjects.describe(subject)
    if work is None:
        raise Refused(Code.UNKNOWN_SUBJECT)
    opened = open_case(
        subject=subject, revision=work.revision, kind=Kind.REPORT, language=work.spoken_language, at=at
    )
    case = hold_case(opened.pk)
    if case.state not in {Status.OPEN, Status.ESCALATED}:
        raise Refused(Code.REPORT_ANSWERED)
    return work, case


def _thank(told: Report, work: Description) -> None:
    mail.send(
        told.reporter or told.address,
        template="moderation/mail/report_received",
        context={"title": work.title, "page": work.page, "team": languages.autonym(told.case.language)},
        language=told.language,
    )
