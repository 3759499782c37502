"""Turns: everybody's newest work before anybody's second, decided without touching the database."""

from collections import Counter
from collections.abc import Mapping, Sequence

from altavoz.search.cursors import Place


def in_turn(
    newest: Sequence[tuple[str, Place]], makers: Mapping[str, Sequence[str]]
) -> list[tuple[str, Place]]:
    """Return works, given newest first, in fair order; the turn of each stands in its place as the score.

    The n-th newest work of a creator is in turn n. Of several creators the one with the most works counts, so that
    nobody gains turns by crediting others; works that credit nobody take turns as if one person had made them.
    """
    seen: Counter[str] = Counter()
    turns = []
    for subject, place in newest:
        credited = makers.get(subject) or ("",)
        turn = 1 + max(seen[maker] for maker in credited)
        seen.update(dict.fromkeys(credited, 1))
        turns.append((subject, place._replace(score=turn)))
    return sorted(turns, key=lambda row: order(row[1]))


def order(place: Place) -> tuple[int, float, int]:
    """Return what places in fair order are sorted by."""
    return (place.score, -place.published_at.timestamp(), -place.pk)
