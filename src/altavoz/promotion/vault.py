"""Credentials, encrypted at rest: sealed with the newest key, opened with any key still known."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBrokenError(Exception):
    """None of the known keys opens this; the account must be connected again."""


def seal(credentials: Mapping[str, str]) -> str:
    """Return the credentials as text that only our keys open."""
    return _keys().encrypt(json.dumps(dict(credentials)).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """Return the credentials; raise SealBrokenError."""
    try:
        opened: dict[str, str] = json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken:
        raise SealBrokenError from None
    return opened


def reseal(sealed: str) -> str:
    """Return the same credentials under the newest key; raise SealBrokenError."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise SealBrokenError from None


def _keys() -> MultiFernet:
    """Derive a key of the right form from each secret: the setting takes any long text, newest first."""
    secrets: list[str] = getattr(settings, "ALTAVOZ_CREDENTIAL_KEYS", None) or [settings.SECRET_KEY]
    digests = (sha256(b"altavoz.promotion.vault:" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
