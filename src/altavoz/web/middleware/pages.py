"""Answers visitors who are not signed in from memory, and tells caches along the way what they may keep."""

import time
from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_resolver
from zlib_ng import zlib_ng

from altavoz.web.caching import edges
from altavoz.web.caching.policy import QUERY, Public
from altavoz.web.caching.store import Kept, Key, Store

_LEVEL, _GZIP = 3, 31  # of compression: the bytes of zlib's level 4; the format, as zlib numbers it
_SECONDS = 60  # a safety net under the purges
_PRIVATE = "private, no-cache"
_SENT_WITH_304 = frozenset({"ETag", "Cache-Control", "Vary", "Content-Language"})
_KEEPABLE = frozenset({HTTPStatus.OK, HTTPStatus.GONE})
_PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")


class PageCacheMiddleware:
    """Keeps whole public pages per process; whoever has a session always gets a fresh page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.store: Store[Key, Kept] = Store(limit=settings.ALTAVOZ_PAGE_CACHE_BYTES)
        get_resolver().url_patterns  # noqa: B018 - imports every page, whose parameters the first key must know

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory where possible; else draw the page and keep it if it is public."""
        if request.method != "GET" or _is_personal(request):
            return _private(self.get_response(request))
        key = key_of(request)
        kept = self.store.get(key, time.monotonic())
        if kept is None:
            since = self.store.moment
            response = self.get_response(request)
            mark: Public | None = getattr(response, "public", None)
            if mark is None or not isinstance(response, HttpResponse) or not _keepable(response):
                return _private(response)
            kept = keep(response, mark)
            self.store.put(key, kept, since=since)
        return answer(request, kept)


def key_of(request: HttpRequest) -> Key:
    """Return what tells pages apart: path, the parameters that some page understands, htmx or not."""
    query = request.META.get("QUERY_STRING", "")
    if query:
        known = [(name, value) for name, value in parse_qsl(query) if name in QUERY]
        query = urlencode(sorted(known, key=lambda pair: pair[0]))
    return request.path_info, query, "HTTP_HX_REQUEST" in request.META


def keep(response: HttpResponse, mark: Public) -> Kept:
    """Return the page as it is kept, with all that caches need to know in its headers."""
    body = response.content
    etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = edges.LIFE
    edges.mark(response, mark.subjects)
    # A kept page never differs by the language a browser asks for: that decides the address, at the root.
    response.headers["Vary"] = "Cookie, Accept-Encoding" + (", HX-Request" if mark.partial else "")
    return Kept(
        status=response.status_code,
        headers=tuple(response.items()),
        body=body,
        zipped=zlib_ng.compress(body, _LEVEL, wbits=_GZIP),
        etag=etag,
        subjects=frozenset(mark.subjects),
        until=time.monotonic() + _SECONDS,
    )


def answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Return the kept page, compressed where the browser takes it, or 304 where it has it already."""
    if kept.etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(
            status=304, headers=dict(pair for pair in kept.headers if pair[0] in _SENT_WITH_304)
        )
    headers = dict(kept.headers)
    body = kept.body
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = kept.zipped, "gzip"
    headers["Content-Length"] = str(len(body))
    return HttpResponse(body, status=kept.status, headers=headers)


def _is_personal(request: HttpRequest) -> bool:
    return any(name in request.COOKIES for name in _PERSONAL)


def _keepable(response: HttpResponse) -> bool:
    return response.status_code in _KEEPABLE and not response.cookies


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Forbid caches to keep what nobody declared public."""
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = _PRIVATE
    return response
