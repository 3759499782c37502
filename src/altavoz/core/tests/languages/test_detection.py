"""The language of a text is told by script or model, or not at all."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from altavoz.core.languages import Detected, detect, script, scripts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cómo escribir pruebas para una aplicación web", "es"),
        ("Introdução à programação com Python", "pt"),
        ("Análise de datos coa linguaxe Python na universidade", "gl"),
        ("Aprenentatge automàtic amb Python", "ca"),
        ("Ikasketa automatikoa Python-ekin", "eu"),
        ("Comment écrire des tests qui durent", "fr"),
        ("How to write tests that last for years", "en"),
        ("Python ile makine öğrenmesi", "tr"),
        ("Jifunze Python kwa Kiswahili: utangulizi wa programu", "sw"),
        ("Асинхронное программирование на Python", "ru"),
        ("البرمجة بلغة بايثون للمبتدئين", "ar"),
        ("پایتون برای مبتدیان", "fa"),
        ("पाइथन में मशीन लर्निंग", "hi"),
        ("Djangoで作るウェブアプリケーション", "ja"),
        ("파이썬으로 배우는 프로그래밍", "ko"),
        ("机器学习入门教程", "zh"),
        ("การเขียนโปรแกรมภาษา Python", "th"),
        ("Προγραμματισμός με Python", "el"),
        ("תכנות בפייתון", "he"),
    ],
)
def test_a_text_tells_its_language(text: str, expected: str) -> None:
    assert detect(text).language == expected


@pytest.mark.parametrize(
    "text", ["", "   ", "2019 — 42!", "https://example.org/la-casa-de-papel @usuario #etiqueta"]
)
def test_without_words_nothing_is_known(text: str) -> None:
    assert detect(text) == Detected("und", 0.0)


def test_below_the_threshold_is_unknown() -> None:
    found = detect("Keynote")
    assert found.language == "und"
    assert 0 < found.confidence < 0.5


def test_only_the_given_languages_are_considered() -> None:
    assert detect("Introdução à programação", among=("es", "ja", "pt-BR")).language == "pt"
    assert detect("Добрый день", among=("ja", "es")) == Detected("und", 0.0)
    assert detect("Kaixo", among=("eu", "ja")) == Detected("eu", 1.0)
    assert detect("Kamisaki", among=("ay", "qqq")) == Detected("und", 0.0)


def test_languages_the_model_does_not_know_are_never_guessed() -> None:
    assert (
        detect("Aski urukipanaya", among=("ay", "yua-Latn", "ay-Latn", "pap", "pap-Latn")).language == "und"
    )
    assert detect("Aski urukipanaya", among=("ay", "pap")) == Detected("und", 0.0)


def test_a_prior_settles_weak_pairs_only() -> None:
    close = "Introdución á programación con Python para principiantes"
    assert detect(close, prior="gl").language == "gl"
    assert detect(close, prior="gl").confidence > detect(close).confidence
    assert detect("機械学習入門").language == "zh"
    assert detect("機械学習入門", prior="ja").language == "ja"
    assert detect("How to write tests that last for years", prior="es").language == "en"
    assert detect("How to write tests", prior="ru") == detect("How to write tests")


def test_one_model_serves_all_threads() -> None:
    texts = ["Comment écrire des tests qui durent", "Python ile makine öğrenmesi"] * 20
    with ThreadPoolExecutor(4) as pool:
        assert [found.language for found in pool.map(detect, texts)] == ["fr", "tr"] * 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hola", "Latn"),
        ("日本語", "Hani"),
        ("日本の言葉", "Jpan"),
        ("한국어", "Kore"),
        ("Django, Flask и Привет", "Latn"),
        ("Всем привет", "Cyrl"),
        ("12 — !", scripts.COMMON),
        ("ª", "Latn"),
        ("𐤀", scripts.COMMON),
    ],
)
def test_script(text: str, expected: str) -> None:
    assert script(text) == expected
