"""What a page knows of its reader: the languages they read; and of all voices: how many there are in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from altavoz.core import languages
from altavoz.people.models import Profile
from altavoz.search import queries as search
from altavoz.showcase import queries as showcase
from altavoz.web.caching import remembered
from altavoz.web.handlers import WORKS


@dataclass(frozen=True)
class Voice:
    """One language and how many works speak it."""

    tag: str
    works: int
    href: str


def languages_of(request: HttpRequest) -> tuple[str, ...]:
    """Return the languages the reader reads; before they told us, that of the page."""
    return chosen(request) or (languages.base(get_language() or settings.LANGUAGE_CODE),)


def chosen(request: HttpRequest) -> tuple[str, ...]:
    """Return the languages a signed-in reader said they read; nobody else is narrowed to any."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ()
    profile = Profile.objects.filter(account=request.user).first()
    return tuple(profile.reads) if profile else ()


@remembered(WORKS)
def voices(*, limit: int | None = None) -> tuple[Voice, ...]:
    """Return every language with works, most heard first, then in the order of their names."""
    counted = search.counts_by_language()
    ordered = sorted(
        counted.items(), key=lambda pair: (-pair[1], languages.sort_key(languages.autonym(pair[0])))
    )
    return tuple(
        Voice(tag, works, reverse("web:language", args=[tag]))
        for tag, works in ordered
        if tag != languages.UNKNOWN
    )[:limit]


def topics(slugs: Sequence[str], language: str) -> dict[str, str]:
    """Return labels of topics in a language, else the slug with spaces, by slug."""
    known = _labels(language)
    return {slug: known.get(slug) or slug.replace("-", " ") for slug in slugs}


@remembered()  # nothing says that a label changed; it may stay for a minute
def _labels(language: str) -> Mapping[str, str]:
    return showcase.topic_labels(language)
