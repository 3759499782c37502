"""Covers for works without an image: sound waves drawn from a hash of the work's id, no two alike."""

from hashlib import blake2b
from math import ceil, hypot

_PALETTES = 6
_WIDTH, _HEIGHT = 320, 180


def arcs(seed: str) -> str:
    """Return the inside of an SVG of 320 × 180: a ground and two sources of concentric waves."""
    dice = _Dice(seed)
    ground = f'<rect class="c0" width="{_WIDTH}" height="{_HEIGHT}"/>'
    return ground + _waves(dice, "c1", 5 + dice.below(4)) + _waves(dice, "c2", 3 + dice.below(3)) + _dot(dice)


def palette(seed: str) -> int:
    """Return which of the palettes in the stylesheet the cover wears."""
    return _Dice(seed).below(_PALETTES)


class _Dice:
    """Numbers that depend on the seed alone."""

    def __init__(self, seed: str) -> None:
        self._rest = int.from_bytes(blake2b(seed.encode(), digest_size=32).digest())

    def below(self, limit: int) -> int:
        """Return the next number from 0 to limit - 1."""
        self._rest, number = divmod(self._rest, limit)
        return number


def _waves(dice: _Dice, colour: str, count: int) -> str:
    """Return rings around a point on the rim, as one path so that a page of covers stays light."""
    x, y = _rim(dice)
    step, width = 16 + dice.below(17), 5 + dice.below(9)
    first = step + dice.below(step)
    # The outermost ring passes the middle, so that a narrow cut of the cover still shows waves.
    count = max(count, 1 + ceil((hypot(x - _WIDTH / 2, y - _HEIGHT / 2) - first) / step))
    rings = "".join(_ring(x, y, first + step * number) for number in range(count))
    return f'<path class="{colour}" stroke-width="{width}" d="{rings}"/>'


def _rim(dice: _Dice) -> tuple[int, int]:
    """Return a point on or near one of the four sides."""
    along, side = dice.below(1000), dice.below(4)
    if side < 2:  # noqa: PLR2004 - the two long sides
        return along * _WIDTH // 1000, side * _HEIGHT
    return (side - 2) * _WIDTH, along * _HEIGHT // 1000


def _ring(x: int, y: int, radius: int) -> str:
    return f"M{x - radius} {y}a{radius} {radius} 0 1 1 0 .1z"


def _dot(dice: _Dice) -> str:
    """Return a full circle: where the sound comes from."""
    x, y, radius = 40 + dice.below(240), 30 + dice.below(120), 8 + dice.below(18)
    return f'<circle class="c3" cx="{x}" cy="{y}" r="{radius}"/>'
