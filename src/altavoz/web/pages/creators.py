"""The directory of creators, and the page of one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from altavoz.showcase import queries as showcase
from altavoz.web import cards, filters, jsonld, listing
from altavoz.web.caching import about, public_page
from altavoz.web.handlers import WORKS
from altavoz.web.pages.explore import feeds_of


@public_page(subjects=lambda: {WORKS}, query=("after",))
def creators(request: HttpRequest) -> HttpResponse:
    """Show creators in the order in which readers look for names."""
    given = request.GET.get("after", "")
    page = showcase.creators(after=_position(given), limit=24)
    here = reverse("web:creators")
    return render(
        request,
        "web/creators.html",
        {
            "creators": [cards.creator_card(row) for row in page.creators],
            "next": f"{here}?after={_written(page.cursor)}" if page.cursor else "",
            "first": here if given else "",
        },
    )


@public_page(subjects=lambda slug: {WORKS}, query=("cursor",))  # noqa: ARG005 - the view's argument
def creator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a creator who has something to show; 404 for any other."""
    found = showcase.creator(slug)
    if found is None:
        raise Http404
    about(request, found.subject)
    showcase.decorate([found])
    here = reverse("web:creator", args=[slug])
    asked = filters.Filters(creator=found.subject)
    shown = listing.listing(
        asked, here, cursor=request.GET.get("cursor", ""), reads=(), language=get_language() or ""
    )
    return render(
        request,
        "web/creator.html",
        {
            "creator": found,
            "card": cards.creator_card(found),
            "list": shown,
            "feeds": feeds_of(asked),
            "handle": cards.fediverse([found]),
            "data": jsonld.creator(found),
        },
    )


def _written(cursor: tuple[str, int]) -> str:
    """Return a position in the directory as an address can carry it."""
    return urlsafe_b64encode(f"{cursor[1]}:{cursor[0]}".encode()).decode().rstrip("=")


def _position(given: str) -> tuple[str, int] | None:
    """Return the position in the directory that an address carries; None for none or nonsense."""
    try:
        pk, _, key = urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().partition(":")
        return (key, int(pk)) if key else None
    except (BadBase64, UnicodeError, ValueError):
        return None
