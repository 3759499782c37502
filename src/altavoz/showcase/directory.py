"""What pages ask about creators as a whole: how many there are in each language, and who is called what."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.cache import cache
from django.db.models import Count, Exists, F, Func, OuterRef, QuerySet

from altavoz.showcase import queries, shaping
from altavoz.showcase.models import Creator, Credit
from altavoz.showcase.queries import CreatorPage

_COUNTED = "showcase.creators_by_language"
_COUNTED_S = 3600
_counting = Lock()


def creators_by_language(heard: Collection[str]) -> dict[str, int]:
    """Return how many creators have something visible in each language.

    Everybody has to be counted for that, so it is done once an hour, and when a language of `heard` is new.
    """
    known: dict[str, int] | None = cache.get(_COUNTED)
    if known is None or not known.keys() >= set(heard):
        with _counting:  # others wait for the answer instead of counting as well
            known = cache.get(_COUNTED)
            if known is None or not known.keys() >= set(heard):
                known = dict.fromkeys(heard, 0) | _count()
                cache.set(_COUNTED, known, _COUNTED_S)
    return known


def _count() -> dict[str, int]:
    spoken = "publication__published_revision__spoken_language"
    rows = Credit.objects.filter(publication__published_revision__isnull=False).order_by()
    return dict(rows.values_list(spoken).annotate(people=Count("creator", distinct=True)))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom to look for: parts of a name, a language they are heard in, a country they chose to show."""

    name: str = ""
    language: str = ""
    country: str = ""


def creators(asked: Asked, *, after: tuple[str, int] | None = None, limit: int = 48) -> CreatorPage:
    """Return those asked for, as `queries.creators` does, each with `topics` as well; one query more."""
    page = queries.creators(among=_narrowed(asked), after=after, limit=limit)
    name_topics(page.creators)
    return page


def _narrowed(asked: Asked) -> QuerySet[Creator]:
    rows = queries.presentable()
    if words := re.findall(r"\w+", shaping.name_key(asked.name)):
        # Each word may be the beginning of one of the name's; the index of names has the same expression.
        wanted = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
        rows = rows.annotate(words=SearchVector("name_key", config="simple")).filter(words=wanted)
    if asked.language:
        spoken = Credit.objects.filter(
            creator=OuterRef("pk"), publication__published_revision__spoken_language=asked.language
        )
        rows = rows.filter(Exists(spoken))
    return rows.filter(country=asked.country) if asked.country else rows


def name_topics(found: Collection[Creator], limit: int = 3) -> None:
    """Set `topics` (slugs, most used first) on each creator, in one query."""
    topic = Func(F("publication__published_revision__topics"), function="unnest")
    counted = (
        Credit.objects.filter(creator__in=found, publication__published_revision__isnull=False)
        .annotate(topic=topic)
        .values_list("creator_id", "topic")
        .annotate(works=Count("pk"))
        .order_by("-works", "topic")
    )
    by_creator: dict[int, list[str]] = {}
    for pk, slug, _works in counted:
        by_creator.setdefault(pk, []).append(slug)
    for row in found:
        row.topics = tuple(by_creator.get(row.pk, ())[:limit])


def countries() -> list[str]:
    """Return the countries that creators chose to show, by code."""
    told = Creator.objects.exclude(country="").order_by("country")
    return list(told.values_list("country", flat=True).distinct())
