"""The map of voices: nothing touches anything, whatever the languages and however many there are."""

from itertools import combinations
from math import hypot

import pytest

from altavoz.core import languages
from altavoz.web.voicemap import SHAPES, Drawing, Drawn, Heard, draw, measuring, waves

REAL = {
    "en": 12249,
    "es": 690,
    "ru": 399,
    "ko": 335,
    "ar": 300,
    "ja": 242,
    "zh": 131,
    "th": 9,
    "he": 4,
    "gl": 1,
}
ALL = {tag: 2 ** (at * 7 % 17) for at, tag in enumerate(languages.CONTENT_LANGUAGES)}


def heard(counts: dict[str, int]) -> tuple[Heard, ...]:
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return tuple(Heard(tag, languages.autonym(tag), works, str(works)) for tag, works in ordered)


def touching(drawing: Drawing) -> list[tuple[str, str]]:
    return [(one.tag, other.tag) for one, other in combinations(drawing.voices, 2) if _touch(one, other)]


def _touch(one: Drawn, other: Drawn) -> bool:
    rounds = hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius
    return rounds or _share(_plaque(one), _plaque(other)) or _covers(one, other) or _covers(other, one)


def _plaque(one: Drawn) -> tuple[float, float, float, float]:
    left, top = one.x + one.left, one.y + one.top
    return left, top, left + one.plaque_width, top + one.plaque_height


def _share(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _covers(one: Drawn, other: Drawn) -> bool:
    """Tell whether the plaque of one reaches into the circle of the other."""
    left, top, right, bottom = _plaque(one)
    x, y = min(max(other.x, left), right), min(max(other.y, top), bottom)
    return hypot(x - other.x, y - other.y) < other.radius


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    "counts", [REAL, ALL, {"es": 3}, {"es": 1, "ar": 1}], ids=["real", "all", "one", "two"]
)
def test_nothing_touches_and_all_is_inside(shape: str, counts: dict[str, int]) -> None:
    drawing = draw(heard(counts), shape)
    assert touching(drawing) == []
    assert {one.tag for one in drawing.voices} == set(counts)
    for one in drawing.voices:
        left, top, right, bottom = _plaque(one)
        assert min(left, one.x - one.radius) >= 0
        assert max(right, one.x + one.radius) <= drawing.width
        assert min(top, one.y - one.radius) >= 0
        assert max(bottom, one.y + one.radius) <= drawing.height


def test_the_whole_world_still_fits_on_a_page() -> None:
    assert [draw(heard(ALL), shape).height < 1400 for shape in SHAPES] == [True, True]


def test_a_wave_is_a_doubling() -> None:
    assert [waves(works) for works in (1, 2, 3, 4, 1023, 1024)] == [1, 2, 2, 3, 10, 11]


def test_the_map_stays_as_it_is_while_numbers_grow_a_little() -> None:
    before, after = (draw(heard(REAL | {"es": works}), "wide") for works in (690, 691))
    assert [(one.x, one.y) for one in before.voices] == [(one.x, one.y) for one in after.voices]


def test_neighbours_wear_different_colours_where_they_can() -> None:
    drawing = draw(heard(REAL), "wide")
    assert {one.palette for one in drawing.voices} == {1, 2, 3, 4, 5}


def test_a_name_wider_than_the_page_stands_alone() -> None:
    wide = (Heard("x", "W" * 300, 5, "5"), *heard({"es": 9, "ja": 2}))
    drawing = draw(wide, "tall")
    assert touching(drawing) == []


def test_words_are_measured_on_the_wide_side() -> None:
    assert measuring.width("日本語", 10) == pytest.approx(30.6)
    assert measuring.width("e\u0301", 10) == measuring.width("e", 10)
    assert measuring.width("", 10) == 0
    assert measuring.width("il", 10) < measuring.width("ab", 10) < measuring.width("MW", 10)
    assert measuring.width("العربية", 10) < measuring.width("हिन्दी हिन्दी", 10)


def test_an_empty_map_is_no_trouble() -> None:
    assert draw((), "wide").voices == ()
