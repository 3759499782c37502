"""What is drawn where on the map of voices (pure): circles of waves, each with a plaque that names its language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot, pi

from altavoz.web import covers
from altavoz.web.voicemap import measuring
from altavoz.web.voicemap.packing import Layout, Shape, place

#: A wave is drawn this far from the next one; each form of the map scales that.
STEP = 10
_PALETTES = (1, 2, 3, 4, 5)  # the one without number is the colour of the ground
_SIZES = (3.0, 2.5, 2.0, 1.6, 1.3, 1.0, 0.8, 0.65, 0.52, 0.42, 0.34)
_DENSE = 0.75  # no packing fills more of a page
_LEGIBLE = 0.72  # letters do not get smaller than that
_ROOM_IN_PLAQUE = 1.1  # of the size of its letters


@dataclass(frozen=True)
class Heard:
    """A language as the map names it: its tag, its name, how many works, and that number in words."""

    tag: str
    name: str
    works: int
    figure: str


@dataclass(frozen=True)
class Form:
    """One form of the map: how wide, how large the waves and letters, how much it grows sideways first."""

    width: int
    scale: float
    letters: float
    margin: int
    flat: float
    cell: int
    cosy: int  # waves grow while the map is no higher than that
    highest: int  # above that, waves and letters shrink

    @property
    def figures(self) -> float:
        """Return the size of numbers."""
        return round(self.letters * 0.76, 1)


@dataclass(frozen=True)
class Drawn:
    """A language on the map; positions are those of the middle of its circle."""

    tag: str
    name: str
    figure: str
    works: int
    waves: int
    palette: int
    x: float
    y: float
    radius: float
    left: float
    top: float
    plaque_width: float
    plaque_height: float
    name_y: float
    figure_y: float


@dataclass(frozen=True)
class Drawing:
    """The whole map in one form."""

    form: Form
    width: int
    height: int
    voices: tuple[Drawn, ...]

    @property
    def outlines(self) -> tuple[tuple[int, str], ...]:
        """Return (number of waves, outline) of each number that occurs, so that each is described once."""
        return tuple((count, rings(count)) for count in sorted({voice.waves for voice in self.voices}))

    @property
    def far(self) -> range:
        """Return the radii of the waves that fade away behind the map."""
        return range(self.width // 8, self.width, self.width // 14)

    @property
    def thickness(self) -> float:
        """Return by how much outlines shrink."""
        return round(self.form.scale, 3)


SHAPES: Mapping[str, Form] = {
    "wide": Form(width=1200, scale=1.0, letters=21, margin=28, flat=1.7, cell=4, cosy=640, highest=900),
    "tall": Form(width=360, scale=0.46, letters=14, margin=10, flat=1.0, cell=2, cosy=460, highest=1300),
}


def rings(count: int) -> str:
    """Return the outline of so many waves around the origin, as the data of one path."""
    return "".join(f"M-{at * STEP} 0a{at * STEP} {at * STEP} 0 1 1 0 .1z" for at in range(1, count + 1))


def waves(works: int) -> int:
    """Return how many waves so many works make: one for one, and one more each time their number doubles."""
    return max(1, works.bit_length())


@lru_cache(maxsize=64)
def draw(heard: tuple[Heard, ...], shape: str) -> Drawing:
    """Return the map of languages, loudest first; the same languages are always drawn alike."""
    form, shapes, layout = _fitted(heard, SHAPES[shape])
    colours = _palettes(heard, shapes, layout)
    voices = tuple(
        _drawn(
            one,
            form,
            shapes[at],
            (layout.spots[at].x + form.margin, layout.spots[at].y + form.margin),
            colours[at],
        )
        for at, one in enumerate(heard)
    )
    return Drawing(form, form.width, round(layout.height + 2 * form.margin), voices)


def _fitted(heard: Sequence[Heard], form: Form) -> tuple[Form, tuple[Shape, ...], Layout]:
    """Return the form in the largest size in which the map is not too high, with its shapes where they stand."""
    for size in _SIZES:
        letters = form.letters * min(1.15, max(size, _LEGIBLE))
        smaller = replace(form, scale=form.scale * size, letters=round(letters, 2))
        shapes = tuple(_shape(one, smaller) for one in heard)
        limit = form.cosy if size > 1 else form.highest
        if size != _SIZES[-1] and _area(shapes) > _DENSE * form.width * limit:
            continue  # it cannot fit: do not try
        layout = _placed(shapes, smaller)
        if layout.height <= limit:
            break
    return smaller, shapes, layout


def _area(shapes: Sequence[Shape]) -> float:
    return sum(pi * one.radius**2 + one.plaque_width * one.plaque_height / 2 for one in shapes)


@lru_cache(maxsize=256)
def _placed(shapes: tuple[Shape, ...], form: Form) -> Layout:
    """Return the layout; it changes only where a number grows by a digit or doubles."""
    return place(
        shapes, width=form.width - 2 * form.margin, gap=form.letters / 2, cell=form.cell, flat=form.flat
    )


def _shape(one: Heard, form: Form) -> Shape:
    radius = (waves(one.works) + 0.9) * STEP * form.scale
    words = max(measuring.width(one.name, form.letters), measuring.width("0" * len(one.figure), form.figures))
    height = form.letters * 1.3 + form.figures * 1.45
    return Shape(
        radius=radius,
        plaque_width=words + form.letters * _ROOM_IN_PLAQUE,
        plaque_height=height,
        plaque_y=max(0.0, radius - 0.75 * height) + height / 2,
    )


def _drawn(one: Heard, form: Form, shape: Shape, at: tuple[float, float], palette: int) -> Drawn:
    top = shape.plaque_y - shape.plaque_height / 2
    return Drawn(
        tag=one.tag,
        name=one.name,
        figure=one.figure,
        works=one.works,
        waves=waves(one.works),
        palette=palette,
        x=round(at[0], 1),
        y=round(at[1], 1),
        radius=round(shape.radius, 1),
        left=round(-shape.plaque_width / 2, 1),
        top=round(top, 1),
        plaque_width=round(shape.plaque_width, 1),
        plaque_height=round(shape.plaque_height, 1),
        name_y=round(top + form.letters * 1.12, 1),
        figure_y=round(top + form.letters * 1.3 + form.figures, 1),
    )


def _palettes(heard: Sequence[Heard], shapes: Sequence[Shape], layout: Layout) -> list[int]:
    """Return a palette per language: none that a neighbour wears, of the others the one seen least so far."""
    chosen: list[int] = []
    for at, one in enumerate(heard):
        near = {chosen[other] for other in range(at) if _are_near(at, other, shapes, layout)}
        first = covers.palette(one.tag)
        turns = [_PALETTES[(first + turn) % len(_PALETTES)] for turn in range(len(_PALETTES))]
        chosen.append(min(turns, key=lambda palette: (palette in near, chosen.count(palette))))
    return chosen


def _are_near(one: int, other: int, shapes: Sequence[Shape], layout: Layout) -> bool:
    between = hypot(layout.spots[one].x - layout.spots[other].x, layout.spots[one].y - layout.spots[other].y)
    return between < shapes[one].radius + shapes[other].radius + shapes[one].plaque_height
