"""The front page."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from altavoz.core import languages
from altavoz.search import queries as search
from altavoz.showcase import queries as showcase
from altavoz.web import cards, readers, voices
from altavoz.web.caching import public_page, remembered
from altavoz.web.handlers import WORKS

_LATEST = 6
_ELSEWHERE = 6
_SPOTLIGHT = 3


@public_page(subjects=lambda: {WORKS})
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, what is new in the languages the visitor reads, who is heard, and how to take part."""
    reads = readers.languages_of(request)
    today = timezone.now().toordinal()
    heard = readers.voices()
    mine, elsewhere = _latest(reads, _turn([voice.tag for voice in heard], reads, today))
    values = {
        "mine": mine,
        "elsewhere": elsewhere,
        "all_mine": f"{reverse('web:explore')}?{urlencode([('language', tag) for tag in reads])}",
        "spotlight": _spotlight(reads, today),
        "works": sum(voice.works for voice in heard),
        "voices": len(heard),
        "map_size": voices.picture_size(heard),
    }
    return render(request, "web/home.html", values)


@remembered(WORKS)
def _spotlight(reads: tuple[str, ...], today: int) -> tuple[cards.CreatorCard, ...]:
    """Return the creators whose turn it is."""
    found = showcase.spotlight(reads, day=today, limit=_SPOTLIGHT)
    return tuple(cards.creator_card(row) for row in found)


def _turn(heard: Sequence[str], reads: Sequence[str], day: int) -> list[str]:
    """Return the other languages whose turn it is: each is on the front page as many days as any other."""
    others = sorted(set(heard) - {languages.base(tag) for tag in reads})
    start = day * _ELSEWHERE % len(others) if others else 0
    return [*others[start:], *others[:start]][:_ELSEWHERE]


def _latest(
    reads: tuple[str, ...], others: Sequence[str]
) -> tuple[list[cards.WorkCard], list[cards.WorkCard]]:
    """Return the newest works in the languages read, and the newest one of each of the others."""
    mine = [hit.subject for hit in search.latest(reads, _LATEST)]
    rest = [hit.subject for hit in search.latest_each(others)]
    found = {work.subject: work for work in cards.works([*mine, *rest])}
    return (
        [found[subject] for subject in mine if subject in found],
        [found[subject] for subject in rest if subject in found],
    )
