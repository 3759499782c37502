"""The map of voices, as a page and as a picture, and the hub of one language."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from altavoz.core import languages as tags
from altavoz.people import queries as people
from altavoz.people.queries import PublicTeam
from altavoz.people.states import TeamKind
from altavoz.promotion import queries as promotion
from altavoz.showcase import queries as showcase
from altavoz.web import cards, filters, listing, readers, stylesheet, voices
from altavoz.web.caching import about, public_page
from altavoz.web.handlers import TEAMS, WORKS, works_in
from altavoz.web.pages.explore import feeds_of

#: The parts of the stylesheet that the picture takes along, since it also stands alone.
_STYLES = ("css/10-tokens.css", "components/cover/style.css", "components/voice_map/style.css")
_LATEST = 9
_CREATORS = 6


@public_page(subjects=lambda: {WORKS, TEAMS})
def languages(request: HttpRequest) -> HttpResponse:
    """Show every language that is heard as a picture and as a table, and those that wait."""
    heard = readers.voices()
    return render(
        request,
        "web/languages.html",
        {
            "maps": {shape: voices.drawing(heard, shape) for shape in ("wide", "tall")} if heard else {},
            "rows": voices.rows(heard),
            "works": sum(voice.works for voice in heard),
            "voices": len(heard),
            "unheard": _unheard(heard),
        },
    )


@public_page(subjects=lambda: {WORKS})
def picture(request: HttpRequest) -> HttpResponse:
    """Draw the map as a picture of its own, to share; it wears light or dark as the device does."""
    heard = readers.voices()
    drawing = voices.drawing(heard, "wide")
    values = {
        "drawing": drawing,
        "style": _style(),
        "works": sum(voice.works for voice in heard),
        "voices": len(heard),
        "host": urlsplit(settings.PUBLIC_URL).netloc,
        "head": voices.HEAD,
        "height": voices.picture_size(heard)[1],
    }
    response = render(request, "web/map.svg", values, content_type="image/svg+xml; charset=utf-8")
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    response._csp_update = {"style-src": [f"'sha256-{digest}'"]}  # type: ignore[attr-defined]  # noqa: SLF001 - as csp_update does it
    return response


@cache
def _style() -> str:
    return stylesheet.joined(stylesheet.ROOT / name for name in _STYLES)


def _unheard(heard: tuple[readers.Voice, ...]) -> list[str]:
    """Return the languages we are ready for and in which nobody is heard yet."""
    known = {voice.tag for voice in heard}
    return sorted(
        set(tags.CONTENT_LANGUAGES) - known - {tags.UNKNOWN}, key=lambda tag: tags.sort_key(tags.autonym(tag))
    )


@public_page(subjects=lambda tag: {works_in(tag)})
def language(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the hub of one language: its works, people, feeds and channels; 404 for what is no language tag."""
    if tags.normalise(tag) != tag or tag == tags.UNKNOWN:
        raise Http404
    asked = filters.Filters(chosen={"language": (tag,)})
    explore = reverse("web:explore")
    shown = listing.listing(asked, explore, cursor="", reads=(), language=get_language() or "", limit=_LATEST)
    today = showcase.spotlight((tag,), day=timezone.now().toordinal(), limit=_CREATORS)
    about(request, *(card.subject for card in shown.works), *(row.subject for row in today))
    return render(
        request,
        "web/language.html",
        {
            "tag": tag,
            "list": shown,
            "facets": [facet for facet in shown.facets if facet.name in {"kind", "topic", "level"}],
            "creators": [cards.creator_card(row) for row in today],
            "teams": _teams(tag),
            "channels": promotion.followable(tag),
            "explore": explore + asked.query,
            "feeds": feeds_of(asked),
        },
    )


def _teams(tag: str) -> list[PublicTeam]:
    """Return the teams of a language: moderation first and always, the others where there is anybody."""
    found = people.public_teams(tag)
    first = found.pop(TeamKind.MODERATION, PublicTeam(TeamKind.MODERATION, 0, 0, ()))
    return [first, *(found[kind] for kind in TeamKind.values if kind in found)]
