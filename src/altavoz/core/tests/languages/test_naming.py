"""Languages are called by their own names."""

import pytest

from altavoz.core.languages import CONTENT_LANGUAGES, autonym, direction, name


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("es", "Español"),
        ("pt-br", "Português (Brasil)"),
        ("ar", "العربية"),
        ("ja", "日本語"),
        ("zh-Hant", "繁體中文"),
        ("zu", "isiZulu"),
        ("ka", "ქართული"),
        ("ay", "Aymar aru"),
        ("pap", "Papiamentu"),
        ("sr-Latn", "Srpski (latinica)"),
        ("tlh", "Klingon"),
        ("und", "und"),
        ("not a language", "not a language"),
    ],
)
def test_autonym(tag: str, expected: str) -> None:
    assert autonym(tag) == expected


@pytest.mark.parametrize(
    ("tag", "in_", "expected"),
    [
        ("ja", "es", "japonés"),
        ("es", "ja", "スペイン語"),
        ("pt-BR", "fr", "portugais brésilien"),
        ("es-PE", "es", "español (Perú)"),
        ("qu-ZZ", "en", "Quechua (Unknown Region)"),
        ("und", "es", "lengua desconocida"),
        ("gl", "not a language", "Galician"),
        ("gl", "tlh", "Galician"),
        ("tlh-PE", "und", "Klingon (Peru)"),
    ],
)
def test_name(tag: str, in_: str, expected: str) -> None:
    assert name(tag, in_) == expected


def test_every_language_of_ours_has_names() -> None:
    assert [tag for tag in CONTENT_LANGUAGES if tag in {autonym(tag), name(tag, "es"), name(tag, "ar")}] == []


def test_direction() -> None:
    rtl = [tag for tag in (*CONTENT_LANGUAGES, "ku-Arab", "pa-PK", "yi", "dv") if direction(tag) == "rtl"]
    assert rtl == ["ar", "ckb", "fa", "he", "ps", "ur", "ku-Arab", "pa-PK", "yi", "dv"]
    assert direction("und") == "ltr"
