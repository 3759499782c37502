"""Feeds of any list of works, and the list of feeds."""

from django.http import HttpRequest, HttpResponse

from altavoz.promotion import feeds
from altavoz.web import feedlist, filters
from altavoz.web.caching import public_page
from altavoz.web.handlers import WORKS

_WRITERS = {"atom": feeds.atom, "rss": feeds.rss, "json": feeds.json_feed}


@public_page(subjects=lambda kind: {WORKS}, query=(*filters.NAMES, "cursor"))  # noqa: ARG005 - the view's argument
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """Write what the same filters show at `explore/`, without any choice of languages but the address's own."""
    head, items = feedlist.selection(filters.read(request.GET), kind, request.GET.get("cursor", ""))
    return HttpResponse("".join(_WRITERS[kind](head, items)), content_type=feeds.CONTENT_TYPES[kind])


@public_page(subjects=lambda: {WORKS}, query=filters.NAMES)
def opml(request: HttpRequest) -> HttpResponse:
    """List a feed per language of what the same filters show at `explore/`."""
    asked = filters.read(request.GET)
    written = "".join(feeds.opml(feedlist.title(asked), feedlist.outlines(asked)))
    return HttpResponse(written, content_type=feeds.CONTENT_TYPES["opml"])
