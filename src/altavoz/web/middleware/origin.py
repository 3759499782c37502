"""Refuses changes that another site asks for, by what browsers say of a request's origin (ADR 3)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from altavoz.web.pages import errors

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OURS = frozenset({"same-origin", "none"})


class OriginCheckMiddleware:
    """Lets a change through only if our own page or no page at all asked for it.

    Forms then carry no token and pages no cookie, so both can be kept for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 403 to a change from elsewhere; tell Django's own checks that ours has been made."""
        if request.method in _SAFE or getattr(request, "_dont_enforce_csrf_checks", False):
            return self.get_response(request)
        if not is_ours(request):
            return errors.forbidden(request)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own switch
        return self.get_response(request)


def is_ours(request: HttpRequest) -> bool:
    """Return whether the request comes from a page of ours, or from a program that carries no session."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in _OURS
    if claimed := request.headers.get("Origin") or request.headers.get("Referer"):
        return _origin(claimed) in _allowed(request)
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def _origin(url: str) -> tuple[str, str]:
    """Return scheme and host with port; ("", "") for what is no address, such as "null"."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc


def _allowed(request: HttpRequest) -> set[tuple[str, str]]:
    """Return the origins that are ours: the public one, and the one this request was sent to."""
    ours = {_origin(settings.PUBLIC_URL)}
    try:
        ours.add((request.scheme or "", request.get_host()))
    except DisallowedHost:
        return ours
    return ours
