"""One-use links that sign a person in: for the demo, and refused everywhere else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from altavoz.people.models import Account

_SALT = "altavoz.people.links"
#: How long a link works if nobody uses it.
LASTS = timedelta(hours=24)


class UsedLinkError(ValueError):
    """The link was used, is too old, or was never one of ours."""


def sign_in_link(account: Account, *, at: datetime) -> str:
    """Return an address that signs this person in, once, in their language. Raises PermissionDenied outside the demo.

    The link stops working with the next sign-in of that person, however they sign in, and after a day.
    """
    _only_in_the_demo()
    token = signing.dumps([account.pk, _stamp(account), at.timestamp()], salt=_SALT)
    with translation.override(account.language):
        return settings.PUBLIC_URL + reverse("people:demo_sign_in", args=[token])


def account_of(token: str, *, at: datetime) -> Account:
    """Return whom a link signs in. Raises PermissionDenied outside the demo, UsedLinkError."""
    _only_in_the_demo()
    try:
        pk, stamp, made_at = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise UsedLinkError(token) from error
    account = Account.objects.filter(pk=pk, is_active=True).first()
    if account is None or _stamp(account) != stamp or at.timestamp() - made_at > LASTS.total_seconds():
        raise UsedLinkError(token)
    return account


def _stamp(account: Account) -> str:
    """Return what changes with each sign-in; that is what makes a link work once."""
    return account.last_login.isoformat() if account.last_login else ""


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise PermissionDenied("Sign-in links exist in the demo only.")
