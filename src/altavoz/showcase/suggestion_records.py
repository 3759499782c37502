"""What suggestions keep about a person: an address while it is waiting to be confirmed, and who declined what."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from altavoz.people.models import Account
from altavoz.showcase.models import Correction, Refusal, Suggestion


def export(account_id: int) -> dict[str, Any]:
    """Return the suggestions that wait for the person's address, their refusals and their corrections."""
    refused = Refusal.objects.filter(by=account_id).order_by("pk")
    corrections = Correction.objects.filter(by=account_id).order_by("pk")
    return {
        "waiting": [
            {"address": row.feed_url, "email": row.email, "asked_at": row.asked_at.isoformat()}
            for row in _waiting(account_id).order_by("pk")
        ],
        "declined": [{"address": row.feed_url, "at": row.at.isoformat()} for row in refused],
        "corrected_languages": [
            {"work": row.publication_id, "language": row.spoken_language, "at": row.at.isoformat()}
            for row in corrections
        ],
    }


def erase(account_id: int, at: datetime) -> None:  # noqa: ARG001 - every room is told when
    """Delete what waits, and who declined or corrected; that a channel is not wanted here stays."""
    _waiting(account_id).delete()
    Refusal.objects.filter(by=account_id).update(by=None)
    Correction.objects.filter(by=account_id).update(by=None)


def _waiting(account_id: int) -> QuerySet[Suggestion]:
    from allauth.account.models import EmailAddress

    known = EmailAddress.objects.filter(user=account_id, verified=True).values_list("email", flat=True)
    own = Account.objects.filter(pk=account_id).values_list("email", flat=True)
    return Suggestion.objects.filter(email__in={address.lower() for address in [*known, *own]})
