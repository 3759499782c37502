"""Words of a question are shown where they stand, and nothing is cut in two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altavoz.core.text import graphemes
from altavoz.search.queries import highlights


@pytest.mark.parametrize(
    ("text", "language", "asked", "expected"),
    [
        (
            "Programación asíncrona con Python",
            "es",
            "asincrono programaciones",
            ["Programación", "asíncrona"],
        ),
        ("機械学習入門とPython", "ja", "機械学習 python", ["機械学習", "Python"]),
        ("パイソンとパイソン", "ja", "ﾊﾟｲｿﾝ", ["パイソン", "パイソン"]),
        ("Иван Петров: тесты", "ru", "ivan тест", ["Иван", "тесты"]),
        ("البرمجة بلغة بايثون", "ar", "برمجة", ["البرمجة"]),
        ("الـــبرمجة", "ar", "البرمجة", ["الـــبرمجة"]),
        ("Introdução à linguagem", "pt", "introd", ["Introdução"]),
        ("L'analyse des données", "fr", "analyses donnee", ["analyse", "données"]),
        ("Testing👩‍👩‍👧 C++ code", "en", 'c++ "testing"', ["Testing", "C++"]),
        ("학습하는 파이썬은", "ko", "파이썬", ["파이썬은"]),
        ("El año y el ano", "es", "año", ["año"]),
        ("Sin nada", "es", "otra cosa", []),
        ("Sin nada", "es", "!!!", []),
        ("", "es", "nada", []),
        ("web", "es", '"web', ["web"]),
        ("Curso de Django", "es", "curso de django", ["Curso", "Django"]),
    ],
)
def test_what_is_shown(text: str, language: str, asked: str, expected: list[str]) -> None:
    spans = highlights(text, language=language, asked=asked)
    assert [text[start:end] for start, end in spans] == expected


_SIGNS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("aé習ガﾊﾟ语e\u0301\u0301👩\u200d👧🏽ع\u0640ل\u200fไทย '\"-"),
    ),
    max_size=40,
)


@given(
    text=_SIGNS,
    asked=_SIGNS,
    own=st.booleans(),
    language=st.sampled_from(["es", "ja", "ar", "tr", "th", "und"]),
)
def test_spans_are_in_range_sorted_apart_and_whole(text: str, asked: str, own: bool, language: str) -> None:  # noqa: FBT001 -- drawn
    spans = highlights(text, language=language, asked=text[:20] if own else asked)
    flat = [border for span in spans for border in span]
    assert flat == sorted(set(flat))
    borders = {0}
    for part in graphemes(text):
        borders.add(max(borders) + len(part))
    assert set(flat) <= borders
