"""How often each client may ask: counted by network and minute under a key of the day, forgotten at once."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from altavoz.insights import visitors
from altavoz.insights.actions import ring

#: The length of a window.
WINDOW_S = 60


@dataclass(frozen=True)
class Allowance:
    """How much of the window is left."""

    limit: int
    left: int  # below zero: this request is too many
    reset_s: int

    @property
    def headers(self) -> dict[str, str]:
        """Return it as the headers that clients know."""
        left = max(0, self.left)
        return {
            "RateLimit-Policy": f'"default";q={self.limit};w={WINDOW_S}',
            "RateLimit": f'"default";r={left};t={self.reset_s}',
        }


def take(request: HttpRequest, at: datetime) -> Allowance:
    """Count one more request of a client and return what is left of its minute.

    Processes count together where they share a cache (CACHE_URL), each by itself otherwise. The name of the count is
    a digest of the network under the secret of the day, which is destroyed at midnight: nobody can make it again
    tomorrow. The address is written nowhere.
    """
    second = int(at.timestamp())
    network = visitors.digest(ring.of(at), "api", visitors.place_of(_address(request)))
    name = f"api:{second // WINDOW_S}:{network:x}"
    cache.add(name, 0, WINDOW_S * 2)
    try:
        count = cache.incr(name)
    except ValueError:  # it was put out to make room just now
        count = 1
    limit = settings.ALTAVOZ_API_LIMIT
    return Allowance(limit, limit - count, WINDOW_S - second % WINDOW_S)


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # nobody told where the request came from
        return ""
