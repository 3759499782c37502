"""What this room itself knows about a person, as plain JSON."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from altavoz.core.ledger.models import PrivatePart
from altavoz.people import queries
from altavoz.people.models import Account, Affiliation, Consent, Membership, Session


def own_records(account: Account) -> dict[str, Any]:
    """Return the account and all that hangs on it in this room."""
    return {
        "account": _account(account),
        "profile": _profile(account),
        "email_addresses": _addresses(account),
        "sign_in_methods": _sign_in_methods(account),
        "teams": [_membership(row) for row in _memberships(account)],
        "affiliations": [_affiliation(row) for row in _declared(account)],
        "consents": [_consent(row) for row in Consent.objects.filter(account=account).order_by("pk")],
        "sessions": [
            {"expires_at": row.expire_date.isoformat()}
            for row in Session.objects.filter(account=account).order_by("expire_date")
        ],
        "ledger": [_entry(row) for row in _ledger(account)],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "email": account.email,
        "name": account.name,
        "code": account.public_id,
        "language": account.language,
        "joined_at": account.date_joined.isoformat(),
        "last_signed_in_at": account.last_login.isoformat() if account.last_login else None,
        "operator": account.is_superuser,
    }


def _profile(account: Account) -> dict[str, Any]:
    profile = queries.profile_of(account)
    fields = ("reads", "writes", "country", "time_zone", "about")
    return {field: getattr(profile, field) for field in fields}


def _addresses(account: Account) -> list[dict[str, Any]]:
    rows = EmailAddress.objects.filter(user=account).order_by("pk")
    return [{"email": row.email, "confirmed": row.verified, "primary": row.primary} for row in rows]


def _sign_in_methods(account: Account) -> list[dict[str, Any]]:
    """Return kinds and dates, never secrets: a file on a disk must not become a key."""
    keys = Authenticator.objects.filter(user=account).order_by("pk")
    links = SocialAccount.objects.filter(user=account).order_by("pk")
    return [{"kind": str(key.type), "added_at": key.created_at.isoformat()} for key in keys] + [
        {
            "kind": link.provider,
            "added_at": link.date_joined.isoformat(),
            "id": link.uid,
            "data": link.extra_data,
        }
        for link in links
    ]


def _memberships(account: Account) -> list[Membership]:
    return list(Membership.objects.filter(account=account).select_related("team").order_by("pk"))


def _membership(row: Membership) -> dict[str, Any]:
    return {
        "language": row.team.language,
        "kind": row.team.kind,
        "role": row.role,
        "joined_at": row.joined_at.isoformat(),
        "left_at": row.left_at.isoformat() if row.left_at else None,
    }


def _declared(account: Account) -> list[Affiliation]:
    """Return what the person declared; what others declared about them is theirs, and in confidence."""
    declared = Affiliation.objects.filter(declared_by=account)
    return list(declared.select_related("one", "other").order_by("pk"))


def _affiliation(row: Affiliation) -> dict[str, Any]:
    with_whom = row.other if row.declared_by_id == row.one_id else row.one
    return {
        "with": with_whom.shown_name,
        "reason": row.reason,
        "since": row.since.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


def _consent(row: Consent) -> dict[str, Any]:
    return {
        "purpose": row.purpose,
        "given_at": row.given_at.isoformat(),
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
    }


def _ledger(account: Account) -> list[PrivatePart]:
    return list(
        PrivatePart.objects.filter(account_id=account.pk).select_related("entry").order_by("entry_id")
    )


def _entry(row: PrivatePart) -> dict[str, Any]:
    return {
        "what": row.entry.type,
        "at": row.entry.at.isoformat(),
        "public": row.entry.public,
        "private": row.body,
    }
