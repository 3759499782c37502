"""What this room keeps about a person: given out on request; votes stay, and lead to nobody once they are erased."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from altavoz.moderation.models import Adoption, Ended, Exclusion, Lease, Report, UnconfirmedReport, Vote
from altavoz.people.models import Account


def export(account_id: int) -> dict[str, Any]:
    """Return the person's votes, reports, exclusions and adoptions."""
    votes = Vote.objects.filter(moderator=account_id).order_by("pk").select_related("case")
    reports = _reports(account_id).order_by("pk")
    exclusions = Exclusion.objects.filter(moderator=account_id).order_by("pk").select_related("case")
    return {
        "votes": [_vote(vote) for vote in votes],
        "reports": [
            {"subject": row.subject, "clause": row.clause, "note": row.note, "at": row.at.isoformat()}
            for row in reports
        ],
        "kept_away_from": [{"subject": row.case.subject, "at": row.at.isoformat()} for row in exclusions],
        "adoptions": _adoptions(account_id),
    }


def _reports(account_id: int) -> QuerySet[Report]:
    """Return the person's reports, with those they confirmed by mail before they had an account."""
    by_mail = Q(address__in=_address(account_id)) & ~Q(address="")
    return Report.objects.filter(Q(reporter=account_id) | by_mail)


def _address(account_id: int) -> list[str]:
    """Return every address that is surely the person's."""
    from allauth.account.models import EmailAddress

    known = EmailAddress.objects.filter(user=account_id, verified=True).values_list("email", flat=True)
    own = Account.objects.filter(pk=account_id).values_list("email", flat=True)
    return sorted({email.lower() for email in [*known, *own]})


def _vote(vote: Vote) -> dict[str, Any]:
    return {
        "subject": vote.case.subject,
        "revision": vote.case.revision,
        "verdict": vote.verdict,
        "clauses": vote.clauses,
        "note": vote.note,
        "at": vote.at.isoformat(),
        "voided_at": vote.voided_at.isoformat() if vote.voided_at else None,
    }


def _adoptions(account_id: int) -> list[dict[str, Any]]:
    signed = Adoption.objects.filter(proposed_by=account_id) | Adoption.objects.filter(seconded_by=account_id)
    return [
        {"catalogue": row.catalogue, "language": row.language, "at": row.proposed_at.isoformat()}
        for row in signed.order_by("pk")
    ]


def erase(account_id: int, at: datetime) -> None:
    """Forget who reported and who stayed away, and free what is in the person's hands."""
    _reports(account_id).update(reporter=None, address="", language="", note="", note_language="")
    UnconfirmedReport.objects.filter(address__in=_address(account_id)).delete()
    Exclusion.objects.filter(moderator=account_id).delete()
    held = Lease.objects.filter(moderator=account_id, ended_at__isnull=True)
    held.update(ended_at=at, ended_because=Ended.EXPIRED)
