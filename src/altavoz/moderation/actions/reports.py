"""Reporting a work: whoever does is kept from deciding on it, and never named."""

from datetime import datetime

from django.db import transaction

from altavoz.core import languages, subjects
from altavoz.moderation import policies
from altavoz.moderation.actions.cases import open_case
from altavoz.moderation.actions.locks import hold_case
from altavoz.moderation.actions.writing import note as note_in_ledger
from altavoz.moderation.models import Case, Clause, Report
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Code, Kind, Status
from altavoz.people.models import Account

_LONGEST_NOTE = 2_000


@transaction.atomic
def report(
    *, subject: str, by: Account, clause: str, at: datetime, note: str = "", note_language: str = ""
) -> Report:
    """Say that a work breaks a rule, as anybody signed in may.

    Afterwards an urgent case on its newest revision is open, or joined; the reporter decides on nothing about this
    work; the ledger has a line that leads to nobody. Raises Refused: not_permitted, unknown_subject,
    clause_unknown, note_too_long, already_reported, report_answered, no_policy.
    """
    if not policies.may(by, "moderation.report"):
        raise Refused(Code.NOT_PERMITTED)
    if len(note) > _LONGEST_NOTE:
        raise Refused(Code.NOTE_TOO_LONG)
    case = _case_for(subject, at)
    if not Clause.objects.filter(policy=case.policy_id, code=clause).exists():
        raise Refused(Code.CLAUSE_UNKNOWN)
    text = note.strip()
    made, fresh = Report.objects.get_or_create(
        case=case,
        reporter=by,
        defaults={
            "subject": subject, "clause": clause, "note": text, "at": at,
            "note_language": languages.normalise(note_language) if text else "",
        },
    )  # fmt: skip
    if not fresh:
        raise Refused(Code.ALREADY_REPORTED)
    note_in_ledger(case, "report_received", None, at, clause=clause)
    return made


def _case_for(subject: str, at: datetime) -> Case:
    work = subjects.describe(subject)
    if work is None:
        raise Refused(Code.UNKNOWN_SUBJECT)
    opened = open_case(
        subject=subject, revision=work.revision, kind=Kind.REPORT, language=work.spoken_language, at=at
    )
    case = hold_case(opened.pk)
    if case.state not in {Status.OPEN, Status.ESCALATED}:
        raise Refused(Code.REPORT_ANSWERED)
    return case
