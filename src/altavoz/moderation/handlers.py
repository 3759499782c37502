"""What moderation does when something happened: authors read why their work was declined, reporters the outcome."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from altavoz.core import subjects
from altavoz.core.events import handles
from altavoz.moderation import queries
from altavoz.moderation.events import CaseDecided
from altavoz.moderation.models import Case
from altavoz.moderation.queries import Statement
from altavoz.moderation.states import Kind, Outcome
from altavoz.people import mail
from altavoz.people.models import Account


@handles(CaseDecided, name="moderation.tell_author")
def tell_author(fact: CaseDecided, at: datetime) -> None:  # noqa: ARG001  the decision's own date is told
    """Mail the statement of reasons to everybody whose work it is, each in their language.

    Approvals are seen on the creator's desk. A decision undone before the mail went out is not told.
    """
    if fact.outcome == Outcome.PUBLISHED:
        return
    case = Case.objects.select_related("policy").get(pk=fact.case_id)
    owners = Account.objects.filter(pk__in=subjects.authors(fact.subject), is_active=True)
    for owner in owners.order_by("pk"):
        statement = queries.statement_of_reasons(case, language=owner.language)
        if statement is not None and statement.outcome == fact.outcome:
            mail.send(
                owner,
                template="moderation/mail/declined",
                context=_context(statement),
                language=owner.language,
            )


@handles(CaseDecided, name="moderation.tell_reporters")
def tell_reporters(fact: CaseDecided, at: datetime) -> None:  # noqa: ARG001  as above
    """Mail the outcome of a report to everybody who sent it, each in their language; none of them is named.

    A decision undone before the mail went out is not told.
    """
    if fact.kind != Kind.REPORT:
        return
    case = Case.objects.get(pk=fact.case_id)
    if case.outcome != fact.outcome:
        return
    work = subjects.describe(fact.subject, fact.revision)
    context = {"title": work.title if work else "", "outcome": fact.outcome}
    for told in case.reports.select_related("reporter").order_by("pk"):
        to = told.reporter or told.address
        if to:
            mail.send(to, template="moderation/mail/report_decided", context=context, language=told.language)


def _context(statement: Statement) -> dict[str, Any]:
    return asdict(statement) | {"decided_at": statement.decided_at.isoformat()}
