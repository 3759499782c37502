"""Search and browse: every state of the list is an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from altavoz.web import filters, listing, readers
from altavoz.web.caching import public_page
from altavoz.web.handlers import WORKS

_LONGEST_CURSOR = 300


@public_page(subjects=lambda: {WORKS}, query=(*filters.NAMES, "cursor"), partial=True)
def explore(request: HttpRequest) -> HttpResponse:
    """Show the works asked for; htmx gets the list alone, equal to that of the whole page."""
    asked = filters.read(request.GET)
    shown = listing.listing(
        asked,
        reverse("web:explore"),
        cursor=request.GET.get("cursor", "")[:_LONGEST_CURSOR],
        reads=readers.chosen(request),
        language=get_language() or "",
    )
    part = "HX-Request" in request.headers
    template = "web/explore_part.html" if part else "web/explore.html"
    return render(request, template, {"list": shown, "filters": asked, "feeds": feeds_of(asked)})


def feeds_of(asked: filters.Filters) -> list[tuple[str, str]]:
    """Return (name, address) of the feeds of a list."""
    known = (("Atom", "atom"), ("RSS", "rss"), ("JSON Feed", "json"))
    return [(name, reverse("feeds:feed", args=[kind]) + asked.query) for name, kind in known]
