"""The waves of a cover as numbers, read from the drawing that pages show, so that both are always the same."""

import re
from dataclasses import dataclass

_PATH = re.compile(r'<path class="c[12]" stroke-width="(\d+)" d="([^"]*)"/>')
_RING = re.compile(r"M(-?\d+) (-?\d+)a(\d+) ")
_DOT = re.compile(r'<circle class="c3" cx="(\d+)" cy="(\d+)" r="(\d+)"/>')
_GROUND = re.compile(r'<rect class="c0" width="(\d+)" height="(\d+)"/>')


@dataclass(frozen=True)
class Waves:
    """Rings around a point."""

    x: int
    y: int
    thickness: int
    radii: tuple[int, ...]


@dataclass(frozen=True)
class Pattern:
    """A whole cover, in its own units."""

    width: int
    height: int
    waves: tuple[Waves, Waves]
    dot: tuple[int, int, int]


def read(drawing: str) -> Pattern:
    """Return the numbers of what `covers.arcs` draws; raises ValueError for any other drawing."""
    ground, dot = _GROUND.search(drawing), _DOT.search(drawing)
    found = [_waves(int(thickness), path) for thickness, path in _PATH.findall(drawing)]
    if ground is None or dot is None or len(found) != 2:  # noqa: PLR2004 - two sources of sound
        raise ValueError("this is no cover of ours")
    x, y, radius = map(int, dot.groups())
    return Pattern(int(ground[1]), int(ground[2]), (found[0], found[1]), (x, y, radius))


def _waves(thickness: int, path: str) -> Waves:
    """Each ring begins on its left, a radius from the point in the middle."""
    rings = [(int(left) + int(radius), int(y), int(radius)) for left, y, radius in _RING.findall(path)]
    x, y, _ = rings[0]
    return Waves(x, y, thickness, tuple(radius for _, _, radius in rings))
