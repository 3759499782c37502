"""Card pictures by their addresses: drawn when first asked for, never for what is not visible."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from altavoz.core import languages
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator
from altavoz.web import og
from altavoz.web.og import content, keeping

# Browsers may keep a card for ever, for its address says what is on it. Caches between us ask again soon, so that
# the card of a withdrawn work is gone from them as well.
_CACHED = "public, max-age=31536000, s-maxage=2, immutable"
_RETRY_S = "2"


def work(request: HttpRequest, name: str) -> HttpResponse:
    """Send the card of a visible work; an outdated address leads to the present one."""
    pk = int(name.partition("-")[0])
    found = showcase.work(pk)
    if found is None or found.published_revision is None:
        raise Http404
    present = keeping.name_of_work(found)
    if present != f"{name}.png":
        return _moved(og.address(found))
    creators = [credit.creator for credit in found.credits.all()]
    card = content.of_work(found.published_revision, creators)
    return _picture(request, keeping.path_of_work(pk, present), card)


def creator(request: HttpRequest, name: str) -> HttpResponse:
    """Send the card of a creator who has a page."""
    found = _creator(int(name.partition("-")[0]))
    card = content.of_creator(found)
    if name != f"{found.pk}-{card.digest}":
        return _moved(og.creator_address(found))
    return _picture(request, keeping.path_of_creator(found.pk, f"{name}.png"), card)


def _creator(pk: int) -> Creator:
    row = Creator.objects.filter(pk=pk).first()
    found = showcase.creator(row.slug) if row else None
    if found is None:
        raise Http404
    return found


def language(request: HttpRequest, name: str) -> HttpResponse:
    """Send the card of a language's hub; 404 for what we have no name for."""
    tag = name.rpartition("-")[0]
    if tag not in languages.CONTENT_LANGUAGES:
        raise Http404
    card = content.of_language(tag)
    if name != f"{tag}-{card.digest}":
        return _moved(og.language_address(tag))
    return _picture(request, f"languages/{name}.png", card)


def site(request: HttpRequest, name: str) -> HttpResponse:
    """Send the card of the pages that have none of their own."""
    card = content.of_site()
    if name != card.digest:
        return _moved(og.site_address())
    return _picture(request, f"site-{name}.png", card)


def _moved(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store"})


def _picture(request: HttpRequest, name: str, card: content.Card) -> HttpResponse:
    headers = {"Cache-Control": _CACHED, "ETag": f'"{card.digest}"'}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    try:
        data = keeping.stored(name, card)
    except keeping.BusyError:
        return HttpResponse(status=503, headers={"Retry-After": _RETRY_S, "Cache-Control": "no-store"})
    return HttpResponse(data, content_type="image/png", headers=headers)
