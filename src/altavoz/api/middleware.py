"""What surrounds every answer of the API, before and behind the page cache: limits, other origins, language."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_request

from altavoz.api import asking, limits, problems

_PREFIX = "/api/"
_ALLOWED = "GET, HEAD, OPTIONS"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Language, ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": _ALLOWED,
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": _ALLOWED,
    "Cache-Control": "public, max-age=86400",
}
_FILLED = frozenset(asking.NAMES) - {"q", "cursor"}
_VARY = "Accept-Language, Accept-Encoding"


class ApiMiddleware:
    """Stands before the page cache, so that kept answers are counted and answered in the right language as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer whatever lies below /api/; nothing else is touched."""
        if not request.path_info.startswith(_PREFIX):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=_CORS | _PREFLIGHT)
        request.COOKIES = {}  # the API knows nobody, so its answers are the same for everybody
        with translation.override(_negotiated(request)):
            response = self._answered(request)
        for name, value in _CORS.items():
            response.headers[name] = value
        response.headers["Vary"] = _VARY
        return response

    def _answered(self, request: HttpRequest) -> HttpResponseBase:
        allowance = limits.take(request, timezone.now())
        if allowance.left < 0:
            response: HttpResponseBase = problems.problem(429)
            response.headers["Retry-After"] = str(allowance.reset_s)
        elif empty := _empty(request):
            response = problems.problem(400, empty)
        else:
            response = self._read(request)
        for name, value in allowance.headers.items():
            response.headers[name] = value
        return response

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        """Answer HEAD as GET, whose body the server leaves out; tell every failure as a problem."""
        if request.method == "HEAD":
            request.method = "GET"
        response = self.get_response(request)
        if response.status_code < 400 or response.headers.get("Content-Type") == problems.CONTENT_TYPE:  # noqa: PLR2004 - where failures begin
            return response
        told = problems.problem(response.status_code)
        told.headers["Content-Language"] = _tag(translation.get_language() or "")
        if response.status_code == 405:  # noqa: PLR2004 - HTTP's own number
            told.headers["Allow"] = _ALLOWED
        patch_cache_control(told, no_store=True)
        return told


def _empty(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the parameters without a value; the page cache would take them for parameters that are not there."""
    query = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    return sorted({(name, "missing") for name, value in query if name in _FILLED and not value})


def _negotiated(request: HttpRequest) -> str:
    """Return the language to answer in, and write it into the query, so that the page cache tells answers apart."""
    query = parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True)
    asked = next((value for name, value in query if name == "lang"), None)
    code = get_language_from_request(request)
    if asked is None:
        request.META["QUERY_STRING"] = urlencode([*query, ("lang", _tag(code))])
        return code
    return asked.lower() if asked.lower() in dict(settings.LANGUAGES) else code


def _tag(code: str) -> str:
    head, _, region = code.partition("-")
    return f"{head}-{region.upper()}" if region else head
