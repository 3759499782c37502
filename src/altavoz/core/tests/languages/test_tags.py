"""Tags come in many forms and leave in one."""

import pytest

from altavoz.core.languages import CONTENT_LANGUAGES, INTERFACE_LANGUAGES, base, likely_script, normalise


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("es", "es"),
        ("spa", "es"),
        ("por", "pt"),
        ("zho", "zh"),
        ("chi", "zh"),
        ("cmn", "zh"),
        ("English", "en"),
        ("Spanish", "es"),
        ("Spanish; Castilian", "es"),
        ("Portuguese; Castilian", "pt"),
        ("  français ", "fr"),
        ("日本語", "ja"),
        ("Chinese (Traditional)", "zh-Hant"),
        ("Portuguese (Brazil)", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("pt-BR", "pt-BR"),
        ("es_ES.UTF-8", "es-ES"),
        ("de_DE@euro", "de-DE"),
        ("es-Latn", "es"),
        ("es-419", "es-419"),
        ("zh-TW", "zh-Hant"),
        ("zh_CN", "zh-Hans"),
        ("zh-hant-HK", "zh-Hant"),
        ("zh-US", "zh"),
        ("sr-latn", "sr-Latn"),
        ("sh", "sr-Latn"),
        ("az-Arab", "az-Arab"),
        ("tl", "fil"),
        ("tgl", "fil"),
        ("fil", "fil"),
        ("no", "nb"),
        ("nor", "nb"),
        ("Norwegian", "nb"),
        ("iw", "he"),
        ("jp", "ja"),
        ("en-x-private", "en"),
        ("", "und"),
        ("und", "und"),
        ("mul", "und"),
        ("zxx", "und"),
        ("xx", "und"),
        ("x-klingon", "und"),
        ("unknown language", "und"),
        ("💃", "und"),
    ],
)
def test_normalise(given: str, expected: str) -> None:
    assert normalise(given) == expected


def test_every_language_of_ours_is_in_normal_form() -> None:
    assert [normalise(tag) for tag in CONTENT_LANGUAGES] == list(CONTENT_LANGUAGES)
    assert len(set(CONTENT_LANGUAGES)) == 86


def test_interface_languages_are_content_languages() -> None:
    assert {base(tag) for tag in INTERFACE_LANGUAGES} == {"es", "pt", "fr", "en", "ar", "ja"}
    assert {base(tag) for tag in INTERFACE_LANGUAGES} <= set(CONTENT_LANGUAGES)


@pytest.mark.parametrize(
    ("tag", "expected"), [("pt-BR", "pt"), ("zh-TW", "zh"), ("spa", "es"), ("??", "und")]
)
def test_base(tag: str, expected: str) -> None:
    assert base(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("es", "Latn"), ("pa-PK", "Arab"), ("pa", "Guru"), ("sr-Latn", "Latn"), ("zh", "Hans"), ("qqq", "")],
)
def test_likely_script(tag: str, expected: str) -> None:
    assert likely_script(tag) == expected
