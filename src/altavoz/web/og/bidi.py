"""Which way each character of a title runs, and the order in which its pieces stand on the line (pure).

The Unicode Bidirectional Algorithm (UAX 9) for one paragraph without explicit marks, which `content` takes out of
titles, and without its rule for pairs of brackets.
"""

from collections.abc import Sequence
from itertools import groupby
from unicodedata import bidirectional

_STRONG = {"L": 0, "R": 1, "AL": 1}
_NUMBERS = ("EN", "AN")


def base_level(text: str) -> int:
    """Return 1 where the first letter with a direction runs from right to left, else 0."""
    return next((_STRONG[kind] for kind in map(bidirectional, text) if kind in _STRONG), 0)


def levels(text: str, base: int) -> list[int]:
    """Return a level for each character: even ones run from left to right, odd ones from right to left."""
    edge = "R" if base else "L"
    kinds = _neutrals(_weak([bidirectional(character) or "ON" for character in text], edge), edge)
    return [_level(kind, base) for kind in kinds]


def _level(kind: str, base: int) -> int:
    if base:
        return base if kind == "R" else base + 1
    return {"L": base, "R": base + 1}.get(kind, base + 2)


def _weak(kinds: list[str], edge: str) -> list[str]:
    """Apply rules W1 to W7: marks, numbers and what stands within numbers."""
    kinds = _marks_and_digits(kinds, edge)
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and ((before in _NUMBERS and kind == "CS") or (before, kind) == ("EN", "ES")):
            kinds[at] = before
    for start, end in _stretches(kinds, "ET"):
        if "EN" in (*kinds[start - 1 : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
    strong = edge
    for at, kind in enumerate(kinds):
        strong = kind if kind in "LR" else strong
        if kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _marks_and_digits(kinds: list[str], edge: str) -> list[str]:
    done: list[str] = []
    strong = edge
    for given in kinds:
        kind = (done[-1] if done else edge) if given == "NSM" else given
        strong = kind if kind in _STRONG else strong
        done.append("AN" if kind == "EN" and strong == "AL" else kind)
    return ["R" if kind == "AL" else kind for kind in done]


def _neutrals(kinds: list[str], edge: str) -> list[str]:
    """Apply rules N1 and N2: spaces and signs run as what stands on both sides, else as the paragraph."""
    sides = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
    plain = [kind if kind in sides else "ON" for kind in kinds]
    for start, end in _stretches(plain, "ON"):
        before = sides[plain[start - 1]] if start else edge
        after = sides[plain[end]] if end < len(plain) else edge
        plain[start:end] = [before if before == after else edge] * (end - start)
    return plain


def _stretches(kinds: Sequence[str], wanted: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for kind, group in groupby(list(kinds)):
        size = len(list(group))
        if kind == wanted:
            found.append((at, at + size))
        at += size
    return found


def visual(line_levels: Sequence[int]) -> list[int]:
    """Return the places of a line's pieces from left to right, by their levels (rule L2)."""
    order = list(range(len(line_levels)))
    for level in range(max(line_levels, default=0), 0, -1):
        turned: list[int] = []
        high_ones = {at for at in order if line_levels[at] >= level}
        for high, group in groupby(order, key=high_ones.__contains__):
            pieces = list(group)
            turned += reversed(pieces) if high else pieces
        order = turned
    return order
