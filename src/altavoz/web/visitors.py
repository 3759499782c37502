"""What a request tells insights of its visitor; none of it is kept."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from altavoz.insights.visitors import Visitor


def visitor(request: HttpRequest) -> Visitor:
    """Return the visitor of a request."""
    headers = request.headers
    return Visitor(
        address=_address(request),
        agent=headers.get("User-Agent", ""),
        accept_language=headers.get("Accept-Language", ""),
        purpose=headers.get("Sec-Purpose", "") or headers.get("Purpose", ""),
        asks_for_privacy=headers.get("Sec-GPC") == "1" or headers.get("DNT") == "1",
    )


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # nobody told where the request came from
        return ""
