"""The page of a work."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from altavoz.core import languages
from altavoz.core.subjects import subject_of
from altavoz.core.text import shorten
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Publication, Revision
from altavoz.web import cards, embeds, jsonld
from altavoz.web.caching import about, public_page

_MORE = 4


@public_page(subjects=lambda pk, slug: {subject_of("showcase.publication", pk)})  # noqa: ARG005 - the view's arguments
def work(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a visible work; any other slug leads to its own address; what is not visible was never here."""
    found = showcase.work(pk)
    if found is None or found.published_revision is None:
        raise Http404
    shown = found.published_revision
    if shown.slug != slug:
        return HttpResponseRedirect(f"/{get_language()}/{shown.page}")
    creators = [credit.creator for credit in found.credits.all()]
    about(request, *(creator.subject for creator in creators), *_catalogue(found))
    player = embeds.player(shown.url, media_url=shown.media_url, media_type=shown.media_type)
    values = {
        "work": cards.shown(found, creators),
        "publication": found,
        "shown": shown,
        "creators": creators,
        "handle": cards.fediverse(creators),
        "host": (urlsplit(shown.url).hostname or "").removeprefix("www."),
        "summary": shorten(shown.summary or shown.title, 180),
        "picture": jsonld.picture(shown),
        "hub": reverse("web:language", args=[languages.base(shown.spoken_language)]),
        "trail": _trail(shown),
        "player": player,
        "captions": _captions(shown),
        "topics": showcase.topics(shown.topics, get_language() or ""),
        "more": _more(found, creators[0].pk) if creators else (),
        "data": jsonld.work(found, shown, creators, settings.PUBLIC_URL + request.path),
    }
    response = render(request, "web/work.html", values)
    response._csp_replace = _opened_for(player)  # type: ignore[attr-defined]  # noqa: SLF001 - as csp_replace does it
    return response


def _trail(shown: Revision) -> tuple[cards.Link, ...]:
    """Return the way to the work: all works, its language, itself."""
    tag = languages.base(shown.spoken_language)
    return (
        cards.Link(label=_("Explore"), href=reverse("web:explore")),
        cards.Link(label=languages.autonym(tag), href=reverse("web:language", args=[tag]), language=tag),
        cards.Link(label=shown.title, href="", language=shown.metadata_language),
    )


def _catalogue(found: Publication) -> tuple[str, ...]:
    return (found.catalogue.subject,) if found.catalogue else ()


def _more(found: Publication, creator: int) -> tuple[cards.WorkCard, ...]:
    return cards.works(showcase.works_of(creator, limit=_MORE, but=found.pk))


def _captions(shown: Revision) -> list[tuple[str, str]]:
    """Return (tag, autonym) of each language with captions."""
    return [(tag, languages.autonym(tag)) for tag in shown.captions]


def _opened_for(player: embeds.Player | None) -> dict[str, list[str]]:
    """Return what the page's security policy allows for its own player, and for nobody else."""
    if player is None:
        return {}
    return {"frame-src" if player.kind == "frame" else "media-src": [player.origin]}
