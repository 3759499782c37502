"""What pages ask about creators as a whole: how many there are in each language, and who is called what."""

from collections.abc import Collection
from threading import Lock

from django.core.cache import cache
from django.db.models import Count

from altavoz.showcase.models import Credit

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
