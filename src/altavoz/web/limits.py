"""Counts how often somebody asks for something costly; the counts are forgotten within the hour."""

import hmac
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from altavoz.insights.actions import ring

#: So much of an address is looked at: a household or a small network, never one device.
_PREFIXES = {4: 24, 6: 48}
#: The one network of all who hide theirs.
UNKNOWN = "unknown"


def allowed(request: HttpRequest, what: str, *, most: int, within: timedelta) -> bool:
    """Count one more time and tell whether it is among the first `most` within that time.

    People with an account are counted by it. For visitors a keyed hash of the beginning of their network address
    is the name of the count; the address itself is kept nowhere, and nothing of it reaches the database.
    """
    key = f"limit:{what}:{salted_hmac('altavoz.web.limits', _who(request)).hexdigest()[:32]}"
    cache.add(key, 0, within.total_seconds())
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out just now, so this is the first of a new count
        return True


def of_today(request: HttpRequest, at: datetime) -> str:
    """Return a key of the visitor's network for the day of `at`, "" where it is not known.

    It is made with the secret of the day, which is destroyed at midnight: then it leads to nobody, not even for us.
    """
    network = neighbourhood(_address(request))
    if network == UNKNOWN:
        return ""
    return hmac.digest(ring.of(at), f"limits\0{network}".encode(), "sha256").hex()[:32]


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"account:{request.user.pk}"
    return neighbourhood(_address(request))


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # nobody told where the request came from
        return ""


def neighbourhood(address: str) -> str:
    """Return the network an address belongs to; all who hide theirs share one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    return str(ip_network(f"{found}/{_PREFIXES[found.version]}", strict=False))
