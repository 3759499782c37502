"""What readers count as the same word becomes the same term."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altavoz.core.languages import CONTENT_LANGUAGES
from altavoz.core.text import Kind, Token, analyse
from altavoz.core.text.analysis import fold


def terms(text: str, language: str) -> set[str]:
    return {token.term for token in analyse(text, language)}


def test_folding_a_text_makes_one_of_what_readers_take_for_one() -> None:
    assert (fold("Programación ÁRBOL", "es-MX"), fold("IŞIK", "tr"), fold("Ⅳ Straße")) == (
        "programacion arbol",
        "ışık",
        "iv strasse",
    )


def test_words_and_stems_share_a_position() -> None:
    assert analyse("Programación del año", "es") == (
        Token("programacion", 1, Kind.WORD),
        Token("program", 1, Kind.STEM),
        Token("del", 2, Kind.WORD),
        Token("año", 3, Kind.WORD),
    )


def test_compounds_are_found_apart_and_together() -> None:
    assert analyse("scikit-learn", "es") == (
        Token("scikit", 1, Kind.WORD),
        Token("learn", 2, Kind.WORD),
        Token("scikitlearn", 1, Kind.JOINED, 2),
    )


def test_scripts_without_spaces_become_pairs() -> None:
    assert analyse("学習とAI", "ja") == (
        Token("学習", 1, Kind.GRAM),
        Token("習と", 2, Kind.GRAM),
        Token("と", 3, Kind.TAIL),
        Token("ai", 4, Kind.WORD),
    )


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "programacion", "programaciones"),
        ("es", "CAMIÓN", "camion"),
        ("pt", "programacao", "programações"),
        ("pt-BR", "teste", "testes"),
        ("gl", "introdución", "introducións"),
        ("fr", "l’analyse", "analyses"),
        ("it", "dell'algoritmo", "algoritmi"),
        ("en", "Django's classes", "class"),
        ("de", "Straße", "STRASSE"),
        ("tr", "İSTANBUL'da", "istanbul"),
        ("tr", "IŞIK", "ışık"),
        ("ar", "والبرمجة", "برمجة"),
        ("ar", "أحْمَد", "احمد"),
        ("ar", "بايثـــون", "بايثون"),
        ("fa", "برنامه‌نویسی", "برنامهنویسی"),
        ("ru", "программирование", "программированию"),
        ("uk", "п'ять", "п’ять"),
        ("hi", "किताबें", "किताब"),
        ("hi", "क़लम", "कलम"),
        ("ko", "파이썬으로", "파이썬"),
        ("ja", "サーバー", "サーバ"),
        ("ja", "ｻｰﾊﾞ", "サーバ"),
        ("ja", "クラス・メソッド", "メソッド"),
        ("zh", "学习 Classes", "class"),
        ("sw", "Ng'ombe", "ngombe"),
        ("pl", "ŁÓDŹ", "lodz"),
        ("vi", "Tiếng Việt", "tieng"),
        ("ar", "٢٠٢٤", "2024"),
        ("es", "python3.12", "3.12"),
        ("es", "pep8", "PEP 8"),
        ("es", "snake_case", "snakecase"),
        ("es", ".NET", "net"),
        ("es", "f-strings", "fstrings"),
        ("und", "Ærøskøbing", "aeroskobing"),
    ],
)
def test_two_forms_meet(language: str, one: str, other: str) -> None:
    assert terms(one, language) & terms(other, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("es", "año", "ano"),
        ("tr", "sık", "sik"),
        ("sv", "får", "far"),
        ("uk", "мій", "міи"),
        ("ja", "ハハ", "ババ"),
        ("es", "C++", "C"),
        ("es", "C#", "C"),
        ("en", "don", "donut"),
    ],
)
def test_two_words_stay_apart(language: str, one: str, other: str) -> None:
    assert not terms(one, language) & terms(other, language)


def test_names_with_signs_survive() -> None:
    found = terms("C++ y C#, asyncio.run() en .NET: 1,000 f-strings de PEP 8 con __init__", "es")
    assert found >= {"c++", "c#", ".net", "asyncio", "run", "1,000", "strings", "pep", "8", "init"}


def test_addresses_and_long_chains_add_nothing() -> None:
    assert terms("ver https://example.org/x?y=z y www.example.org", "es") == {"ver", "y"}
    assert terms("a.b.c.d.e", "en") == {"a", "b", "c", "d", "e"}


def test_very_long_words_are_cut() -> None:
    assert analyse("x" * 100, "en") == (Token("x" * 48, 1, Kind.WORD),)


def test_nothing_gives_nothing() -> None:
    assert analyse("", "es") == analyse("!?… 💃", "ja") == analyse("ـ", "ar") == ()


def test_stemmers_are_not_shared_by_threads() -> None:
    texts = [f"programaciones {n}" for n in range(200)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: analyse(text, "es"), texts))
    assert {tokens[1] for tokens in found} == {Token("program", 1, Kind.STEM)}


@settings(deadline=None)
@given(st.text(), st.sampled_from([*CONTENT_LANGUAGES, "und", "pt-BR", "??"]))
def test_analysis_survives_any_text(text: str, language: str) -> None:
    tokens = analyse(text, language)
    assert all(token.term and "\x00" not in token.term and len(token.term) <= 48 for token in tokens)
    assert all(not set(token.term) & set("=:'\\ &|!<>()*") for token in tokens)
    assert [token.position for token in tokens if token.kind is Kind.WORD] == sorted(
        token.position for token in tokens if token.kind is Kind.WORD
    )


@settings(deadline=None)
@given(
    st.text(st.sampled_from("aáàçñiİIöşж語かハ한ا ّ"), max_size=12),
    st.sampled_from(["es", "tr", "ja", "ar", "fr"]),
)
def test_case_and_form_do_not_matter(text: str, language: str) -> None:
    assert analyse(f" {text} ", language) == analyse(text, language)
