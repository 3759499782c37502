"""The directory of creators, the page of one, and their works to be shown elsewhere."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from altavoz.core import languages
from altavoz.core.text import clean_text
from altavoz.ingest import queries as ingest
from altavoz.people import places
from altavoz.showcase import directory
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator
from altavoz.web import cards, covers, filters, formatting, listing, proofs, readers, snippets
from altavoz.web.caching import about, public_page, remembered
from altavoz.web.cards import Link
from altavoz.web.handlers import WORKS
from altavoz.web.pages.explore import feeds_of

_PAGE = 24
_LONGEST = 200
_QUERY = ("q", "language", "country", "after")


@public_page(subjects=lambda: {WORKS}, query=_QUERY)
def creators(request: HttpRequest) -> HttpResponse:
    """Show creators in the order in which readers look for names: all of them, or those asked for."""
    asked = _asked(request)
    given = request.GET.get("after", "")
    page = directory.creators(asked, after=_position(given), limit=_PAGE)
    kept = [(name, value) for name, value in _pairs(asked) if value]
    here = reverse("web:creators")
    first = f"{here}?{urlencode(kept)}" if kept else here
    return render(
        request,
        "web/creators.html",
        {
            "asked": asked,
            "creators": _cards(page.creators),
            "next": f"{here}?{urlencode([*kept, ('after', _written(page.cursor))])}" if page.cursor else "",
            "first": first if given else "",
            "clear": here if kept else "",
            "languages": [
                Link(label=languages.autonym(voice.tag), href=voice.tag, active=voice.tag == asked.language)
                for voice in readers.voices()
            ],
            "countries": [
                Link(label=name, href=code, active=code == asked.country) for code, name in _countries()
            ],
        },
    )


def _asked(request: HttpRequest) -> directory.Asked:
    """Return what the address asks for; what makes no sense is left out."""
    language, country = request.GET.get("language", ""), request.GET.get("country", "")
    return directory.Asked(
        name=clean_text(request.GET.get("q", ""))[:_LONGEST],
        language=language if language and languages.normalise(language) == language else "",
        country=country if country in places.countries() else "",
    )


def _pairs(asked: directory.Asked) -> tuple[tuple[str, str], ...]:
    return ("q", asked.name), ("language", asked.language), ("country", asked.country)


def _cards(found: tuple[Creator, ...]) -> list[cards.CreatorCard]:
    slugs = sorted({slug for row in found for slug in row.topics})
    labels = readers.topics(slugs, get_language() or "")
    return [cards.creator_card(row, [labels[slug] for slug in row.topics]) for row in found]


@remembered(WORKS)
def _countries() -> tuple[tuple[str, str], ...]:
    """Return (code, name) of the countries that creators chose to show, in the order of their names."""
    named = ((code, formatting.country(code)) for code in directory.countries())
    return tuple(sorted(named, key=lambda pair: languages.sort_key(pair[1], get_language() or "")))


@public_page(subjects=lambda slug: {WORKS}, query=("cursor",))  # noqa: ARG005 - the view's argument
def creator(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a creator who has something to show; 404 for any other."""
    found = _presentable(slug)
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
            "waves": mark_safe(covers.arcs(found.page)),  # noqa: S308 - made of numbers only
            "palette": covers.palette(found.page),
            "country": formatting.country(found.country) if found.country else "",
            "places": proofs.places(ingest.public_sources(found.subject)),
            "list": shown,
            "feeds": feeds_of(asked),
            "embed": reverse("web:creator_embed", args=[slug]),
            "explore": f"{reverse('web:explore')}?{urlencode([('creator', found.subject)])}",
        },
    )


@public_page(subjects=lambda slug: {WORKS})  # noqa: ARG005 - the view's argument
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer the creator's works as HTML to paste into any page, with a look at it; 404 as for the page."""
    found = _presentable(slug)
    about(request, found.subject)
    asked = filters.Filters(creator=found.subject)
    newest = listing.find(asked.asked(limit=snippets.LIMIT))
    works = cards.works([hit.subject for hit in newest.hits])
    values = {"creator": found, "snippet": snippets.works(found, works), "feeds": feeds_of(asked)}
    return render(request, "web/creator_embed.html", values)


def _presentable(slug: str) -> Creator:
    found = showcase.creator(slug)
    if found is None:
        raise Http404
    return found


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
