"""What the operator's settings say about fetching; read nowhere else."""

from functools import lru_cache

from django.conf import settings

from altavoz.core.fetch.addresses import AddressPolicy


def policy() -> AddressPolicy:
    """Return the address policy of ALTAVOZ_FETCH_ALLOW; raises BadAllowance."""
    return _policy(tuple(settings.ALTAVOZ_FETCH_ALLOW))


_policy = lru_cache(maxsize=8)(AddressPolicy.of)


def user_agent() -> str:
    """Return the name we give ourselves, with the address where webmasters learn who we are."""
    return f"Altavoz/1 (+{settings.PUBLIC_URL}/)"
