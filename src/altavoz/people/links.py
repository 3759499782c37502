"""Links that sign a person in: for the demo, and refused everywhere else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from altavoz.people.models import Account

_SALT = "altavoz.people.links"
#: How long a link works; whoever plays the demo opens it as often as they like.
LASTS = timedelta(hours=24)


class OldLinkError(ValueError):
    """The link is too old, or was never one of ours."""


def sign_in_link(account: Account, *, at: datetime, then: str = "") -> str:
    """Return an address that signs this person in for a day and leads to the path `then`, below their language.

    Raises PermissionDenied outside the demo.
    """
    _only_in_the_demo()
    token = signing.dumps([account.pk, at.timestamp(), then], salt=_SALT)
    with translation.override(account.language):
        return settings.PUBLIC_URL + reverse("people:demo_sign_in", args=[token])


def opened(token: str, *, at: datetime) -> tuple[Account, str]:
    """Return whom a link signs in, and where it leads. Raises PermissionDenied outside the demo, OldLinkError."""
    _only_in_the_demo()
    try:
        pk, made_at, then = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise OldLinkError(token) from error
    account = Account.objects.filter(pk=pk, is_active=True).first()
    if account is None or at.timestamp() - made_at > LASTS.total_seconds():
        raise OldLinkError(token)
    return account, then


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise PermissionDenied("Sign-in links exist in the demo only.")
