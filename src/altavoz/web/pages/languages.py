"""The map of voices, and the hub of one language."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from altavoz.core import languages as tags
from altavoz.people import queries as people
from altavoz.showcase import queries as showcase
from altavoz.web import cards, filters, listing, readers
from altavoz.web.caching import public_page
from altavoz.web.handlers import WORKS, works_in
from altavoz.web.pages.explore import feeds_of


@public_page(subjects=lambda: {WORKS})
def languages(request: HttpRequest) -> HttpResponse:
    """Show every language that is heard, with how many works and how many are waiting."""
    voices = readers.voices()
    return render(
        request,
        "web/languages.html",
        {
            "voices": voices,
            "most": max((voice.works for voice in voices), default=0),
            "unheard": _unheard(voices),
        },
    )


def _unheard(voices: tuple[readers.Voice, ...]) -> list[str]:
    """Return the languages we are ready for and in which nobody is heard yet."""
    heard = {voice.tag for voice in voices}
    return sorted(
        set(tags.CONTENT_LANGUAGES) - heard - {tags.UNKNOWN}, key=lambda tag: tags.sort_key(tags.autonym(tag))
    )


@public_page(subjects=lambda tag: {works_in(tag)}, query=("cursor",))
def language(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the hub of one language: latest works, creators, feeds; 404 for what is no language tag."""
    if tags.normalise(tag) != tag or tag == tags.UNKNOWN:
        raise Http404
    asked = filters.Filters(chosen={"language": (tag,)})
    here = reverse("web:language", args=[tag])
    shown = listing.listing(
        replace(asked, chosen={}),
        here,
        cursor=request.GET.get("cursor", ""),
        reads=(),
        language=get_language() or settings.LANGUAGE_CODE,
        only=tag,
    )
    return render(
        request,
        "web/language.html",
        {
            "tag": tag,
            "list": shown,
            "creators": [cards.creator_card(row) for row in showcase.creators_of_language(tag, 6)],
            "moderators": people.members(tag, "moderation").count(),
            "explore": reverse("web:explore") + asked.query,
            "feeds": feeds_of(asked),
        },
    )
