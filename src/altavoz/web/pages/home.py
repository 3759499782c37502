"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from altavoz.search import queries as search
from altavoz.showcase import queries as showcase
from altavoz.web import cards, readers
from altavoz.web.caching import public_page
from altavoz.web.handlers import WORKS

_LATEST = 12


@public_page(subjects=lambda: {WORKS})
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, what is new in the languages the visitor reads, and who is heard."""
    reads = readers.languages_of(request)
    mine, elsewhere = _latest(reads)
    spotlight = showcase.spotlight(reads, day=timezone.now().toordinal(), limit=3)
    values = {
        "mine": mine,
        "elsewhere": elsewhere,
        "languages": readers.voices(limit=24),
        "spotlight": [cards.creator_card(row) for row in spotlight],
    }
    return render(request, "web/home.html", values)


def _latest(reads: tuple[str, ...]) -> tuple[list[cards.WorkCard], list[cards.WorkCard]]:
    """Return the newest works in these languages, and the newest of all others."""
    mine = [hit.subject for hit in search.latest(reads, _LATEST)]
    rest = [hit.subject for hit in search.latest((), 2 * _LATEST) if hit.subject not in mine]
    found = {work.subject: work for work in cards.works([*mine, *rest[:_LATEST]])}
    return tuple([found[subject] for subject in part if subject in found] for part in (mine, rest))  # type: ignore[return-value]  # of two parts
