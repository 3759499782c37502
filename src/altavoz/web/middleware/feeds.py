"""Counts readers of feeds, before any page that is kept answers them."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from altavoz.insights import actions
from altavoz.web import filters
from altavoz.web.visitors import visitor

_FOLDER = "/feeds/"
_ANSWERED = frozenset({HTTPStatus.OK, HTTPStatus.NOT_MODIFIED})
_FORMATS = frozenset({"atom", "rss", "json"})


class FeedReadersMiddleware:
    """Notes who fetched a feed. Proxies and CDNs must ask us each time, or we would not know of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; count if it was a feed."""
        response = self.get_response(request)
        if request.path_info.startswith(_FOLDER):
            _note(request, response)
        return response


def _note(request: HttpRequest, response: HttpResponseBase) -> None:
    kind = request.path_info.removeprefix(_FOLDER).strip("/")
    if kind not in _FORMATS or request.method != "GET" or response.status_code not in _ANSWERED:
        return
    response.headers["Cache-Control"] = "public, no-cache"
    asked = filters.read(request.GET)
    named = dict(asked.pairs)
    feed = actions.feed_named(
        languages_asked=asked.chosen.get("language", ()),
        creator=asked.creator,
        otherwise="cursor" in request.GET or bool(named.keys() - {"language", "creator", "sort", "all"}),
    )
    actions.count_feed(feed=feed, kind=kind, visitor=visitor(request), at=timezone.now())
