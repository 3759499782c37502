"""Where pages tell that they were seen: no cookie, no identifier, always the same answer (decision 6)."""

from base64 import b64decode
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from altavoz.insights import actions
from altavoz.insights.states import What
from altavoz.web.middleware import origin
from altavoz.web.visitors import visitor

_LONGEST = 1_024  # bytes of a report
_DOT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # one clear pixel
_CODES = frozenset(code for code, _ in settings.LANGUAGES)


@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Take the report of a page of ours, and say nothing: 204 whatever it was."""
    if _length(request) <= _LONGEST and _is_from_our_page(request):
        told = QueryDict(request.read(_LONGEST), encoding="utf-8")
        _count(request, told, what=told.get("what", ""), came_from=told.get("host", ""))
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


@require_safe
def dot(request: HttpRequest) -> HttpResponse:
    """Give a clear dot to a page whose browser runs no script: such a visitor is counted as a view.

    Counting is no change that anybody could make others ask for: it works on pages of ours only.
    """
    if request.method == "GET" and _is_from_our_page(request):
        _count(request, request.GET, what=What.VIEW, came_from="")
    return HttpResponse(_DOT, content_type="image/gif", headers={"Cache-Control": "no-store"})


def _count(request: HttpRequest, told: QueryDict, *, what: str, came_from: str) -> None:
    language = told.get("language", "")
    actions.count(
        what=what,
        subject=told.get("subject", ""),
        language=language if language in _CODES else "",
        came_from=came_from,
        own=_own_hosts(request),
        visitor=visitor(request),
        at=timezone.now(),
    )


def _own_hosts(request: HttpRequest) -> frozenset[str]:
    ours = (settings.PUBLIC_URL, f"//{request.META.get('HTTP_HOST', '')}")
    return frozenset(urlsplit(address).hostname or "" for address in ours)


def _is_from_our_page(request: HttpRequest) -> bool:
    """Tell whether a browser says that a page of ours asked; a program that says nothing is not counted."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    claimed = request.headers.get("Origin") or request.headers.get("Referer")
    return bool(claimed) and origin.is_ours(request)


def _length(request: HttpRequest) -> int:
    """Return how long the report says it is; too long where it does not say."""
    given = request.META.get("CONTENT_LENGTH") or ""
    return int(given) if given.isascii() and given.isdigit() else _LONGEST + 1
