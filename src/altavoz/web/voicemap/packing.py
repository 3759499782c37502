"""Puts circles with a plaque each on a page so that none touches another (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TypeAlias

#: For each row of cells that a shape covers: how far from its middle, and how many cells to either side.
Rows: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A circle, and a plaque that is as wide as its words and hangs at `plaque_y` below the middle."""

    radius: float
    plaque_width: float
    plaque_height: float
    plaque_y: float


@dataclass(frozen=True)
class Spot:
    """Where the middle of a circle stands."""

    x: float
    y: float


@dataclass(frozen=True)
class Layout:
    """A spot per shape, in their order, and how high the whole is."""

    spots: tuple[Spot, ...]
    height: float


def place(shapes: Sequence[Shape], *, width: int, gap: float, cell: int, flat: float = 1.0) -> Layout:
    """Return where the shapes stand: each as near to the middle as those before it leave room.

    The page is `width` wide and as high as it must be; `flat` above 1 lets the whole grow sideways first. A page
    that is too narrow for a shape gets it in its middle, alone in its rows.
    """
    ground = _Ground(width // cell, flat)
    found = [ground.put(_rows(shape, gap, cell)) for shape in shapes]
    tops = [
        (y * cell - _above(shape), y * cell + _below(shape))
        for (_, y), shape in zip(found, shapes, strict=True)
    ]
    first = min((top for top, _ in tops), default=0)
    spots = tuple(Spot((x + 0.5) * cell, y * cell - first) for x, y in found)
    return Layout(spots, max((bottom for _, bottom in tops), default=0) - first)


def _above(shape: Shape) -> float:
    return max(shape.radius, shape.plaque_height / 2 - shape.plaque_y)


def _below(shape: Shape) -> float:
    return max(shape.radius, shape.plaque_y + shape.plaque_height / 2)


def _rows(shape: Shape, gap: float, cell: int) -> Rows:
    """Return the cells the shape covers, half of the gap included."""
    reach = shape.radius + gap / 2
    above, below = ceil((_above(shape) + gap / 2) / cell), ceil((_below(shape) + gap / 2) / cell)
    return tuple(
        (at, ceil(_half(shape, at * cell, reach, gap, cell) / cell)) for at in range(-above, below + 1)
    )


def _half(shape: Shape, y: float, reach: float, gap: float, cell: int) -> float:
    """Return how far the shape goes to either side anywhere in the row of cells at y."""
    nearest = max(0.0, abs(y) - cell / 2)
    round_part = sqrt(max(0.0, reach * reach - nearest * nearest))
    beside = abs(y - shape.plaque_y) <= (shape.plaque_height + gap + cell) / 2
    return max(round_part, (shape.plaque_width + gap) / 2 if beside else 0.0)


class _Ground:
    """The cells that are taken: one whole number per row, one bit per cell."""

    def __init__(self, columns: int, flat: float) -> None:
        self._columns = columns
        self._flat = flat
        self._taken: dict[int, int] = {}

    def put(self, rows: Rows) -> tuple[int, int]:
        """Take the free place nearest to the middle and return it."""
        middle = self._columns // 2
        best: tuple[float, int, int] | None = None
        for y in _outwards():
            away = (y * self._flat) ** 2
            if best is not None and away >= best[0]:
                break
            for x in self._nearest(rows, y, middle):
                best = min(best or (float("inf"), 0, 0), (away + (x - middle) ** 2, x, y))
        assert best is not None  # noqa: S101 - rows without end have room somewhere
        for at, half in rows:
            self._taken[best[2] + at] = self._taken.get(best[2] + at, 0) | _span(best[1], half)
        return best[1], best[2]

    def _nearest(self, rows: Rows, y: int, middle: int) -> Iterator[int]:
        """Yield the free columns of a row that are nearest to the middle, on either side."""
        widest = max(half for _, half in rows)
        if 2 * widest >= self._columns:
            if not any(self._taken.get(y + at) for at, _ in rows):
                yield middle
            return
        blocked = 0
        for at, half in rows:
            if taken := self._taken.get(y + at):
                blocked |= _spread(taken, half)
        inside = ((1 << (self._columns - 2 * widest)) - 1) << widest
        free = inside & ~blocked
        if right := free >> middle:
            yield middle + (right & -right).bit_length() - 1
        if left := free & ((1 << middle) - 1):
            yield left.bit_length() - 1


def _outwards() -> Iterator[int]:
    """Yield 0, 1, -1, 2, -2 and so on."""
    yield 0
    step = 1
    while True:
        yield step
        yield -step
        step += 1


def _span(x: int, half: int) -> int:
    """Return the bits from x - half to x + half; what would lie before the first is cut off."""
    low = max(0, x - half)
    return ((1 << (x + half - low + 1)) - 1) << low


def _spread(row: int, reach: int) -> int:
    """Return the bits that have a set bit of `row` within reach."""
    wanted, size, found = 2 * reach + 1, 1, row
    while size * 2 <= wanted:
        found |= found << size
        size *= 2
    return (found | found << (wanted - size)) >> reach
