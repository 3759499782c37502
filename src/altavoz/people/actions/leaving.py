"""Giving a person all we know about them, and forgetting them."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q

from altavoz.core import events
from altavoz.core.ledger import actions as ledger
from altavoz.people import policies, records
from altavoz.people.actions.notes import note_person, subject
from altavoz.people.actions.teams import leave_team
from altavoz.people.events import AccountErased
from altavoz.people.models import Account, Affiliation, Consent, Membership, Profile, Session, new_public_id


def export(account: Account) -> dict[str, Any]:
    """Return everything kept about the person, in every room, as json.dumps takes it (times in ISO 8601)."""
    from altavoz.people.exporting import own_records

    others = {name: room.export(account.pk) for name, room in records.rooms().items()}
    return own_records(account) | others


@transaction.atomic
def erase(*, account: Account, by: Account | None, at: datetime) -> None:
    """Forget a person; decisions and the ledger stay, and lead to nobody.

    In this order: memberships end; every other room forgets; addresses, passkeys, connections, sessions,
    affiliations, consents and the profile are deleted; the account row is emptied; `people.account_erased` is
    recorded; the ledger drops what leads to the person and stays verifiable. A person erased before stays so.
    Raises PermissionDenied.
    """
    policies.require(by, "people.erase_account", account)
    locked = Account.objects.select_for_update().get(pk=account.pk)
    if locked.erased_at:
        return
    _leave_teams(locked, at)
    for room in records.rooms().values():
        room.erase(locked.pk, at)
    _delete_belongings(locked)
    _empty(locked, at)
    account.refresh_from_db()
    events.record(AccountErased(subject=subject(locked), account_id=locked.pk), at=at)
    note_person("account_erased", account=locked, by=by if by and by.pk != locked.pk else None, at=at)
    ledger.forget_account(locked.pk)


def _leave_teams(account: Account, at: datetime) -> None:
    for membership in Membership.objects.filter(account=account, left_at__isnull=True).order_by("pk"):
        leave_team(membership=membership, by=None, at=at)


def _delete_belongings(account: Account) -> None:
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()
    kind = ContentType.objects.get_for_model(Account)
    LogEntry.objects.filter(content_type=kind, object_id=str(account.pk)).update(
        object_repr="", change_message=""
    )
    Session.objects.filter(account=account).delete()
    Consent.objects.filter(account=account).delete()
    Profile.objects.filter(account=account).delete()
    Affiliation.objects.filter(Q(one=account) | Q(other=account)).delete()


def _empty(account: Account, at: datetime) -> None:
    """Leave a row that others may point to and that says nothing; the fresh password ends what signs in with it."""
    account.email = f"erased-{account.pk}@erased.invalid"
    account.name, account.public_id, account.last_login = "", new_public_id(), None
    account.is_active = account.is_staff = account.is_superuser = False
    account.erased_at = at
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    account.user_permissions.clear()
