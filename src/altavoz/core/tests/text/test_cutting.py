"""Nothing is cut inside what a reader sees as one character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altavoz.core.text import graphemes, isolate, shorten, slugify

TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(" \u200d\u0301👩🏽🇪🇸कि์-")))


def test_graphemes() -> None:
    assert graphemes("e\u0301👩‍👩‍👧🇪🇸कि\r\n") == ["e\u0301", "👩‍👩‍👧", "🇪🇸", "कि", "\r\n"]


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 5, "short"),
        ("Programación asíncrona", 14, "Programación…"),
        ("Programación asíncrona", 13, "Programación…"),
        ("Programación asíncrona con Python", 26, "Programación asíncrona…"),
        ("a Donaudampfschifffahrt", 10, "a Donauda…"),
        ("one two three", 8, "one two…"),
        ("one two three", 9, "one two…"),
        ("機械学習とPython入門", 6, "機械学習と…"),
        ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 2, "👩‍👩‍👧…"),
        ("one  two", 6, "one…"),
        (" 0000", 4, " 00…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("", 3, ""),
    ],
)
def test_shorten(text: str, most: int, expected: str) -> None:
    assert shorten(text, most) == expected


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=1, max_value=20))
def test_a_shortened_text_is_whole_graphemes_of_the_text(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(graphemes(short)) <= most
    if short != text:
        kept = graphemes(short.removesuffix("…"))
        assert short.endswith("…")
        assert kept == graphemes(text)[: len(kept)]


def test_isolate() -> None:
    assert isolate("שלום \u202eabc") == "\u2068שלום abc\u2069"
    assert isolate("") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Programación en C++ & C#", "programación-en-cpp-csharp"),
        ("ASP .NET", "asp-dotnet"),
        ("機械学習とPython", "機械学習とpython"),
        ("البرمجة بلغة بايثون", "البرمجة-بلغة-بايثون"),
        ("हिन्दी में", "हिन्दी-में"),
        ("İstanbul", "istanbul"),
        ("Straße — Ⅻ", "strasse-ⅻ"),
        ("--a__b--", "a-b"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugify(text: str, expected: str) -> None:
    assert slugify(text) == expected


def test_a_slug_is_never_empty() -> None:
    assert slugify("!!!") == "3894b0d5"
    assert slugify("???") != slugify("!!!")
    assert slugify("\ud800") != ""


def test_long_slugs_end_with_a_word() -> None:
    assert slugify("uno dos tres cuatro", 14) == "uno-dos-tres"
    assert slugify("uno dos tres", 7) == "uno-dos"
    assert slugify("uno supercalifragilistico", 12) == "uno-supercal"
    assert slugify("機械学習入門", 3) == "機械学"


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=8, max_value=40))
def test_slugs_hold_still(text: str, most: int) -> None:
    slug = slugify(text, most)
    assert 0 < len(slug) <= most
    assert slugify(slug, most) == slug
    assert not set(slug) & set(" /?#%&\\\"'<>.:")
