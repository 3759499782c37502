"""Words found are marked, and nothing else of a text becomes markup."""

from altavoz.web import marking


def test_words_found_are_marked_and_the_rest_is_escaped() -> None:
    text = "<b>Asincronía</b> & más asincronías"
    assert marking.marked(text, language="es", asked="asincronia") == (
        "&lt;b&gt;<mark>Asincronía</mark>&lt;/b&gt; &amp; más <mark>asincronías</mark>"
    )


def test_nothing_found_is_the_text() -> None:
    assert marking.marked("مرحبا", language="ar", asked="zzz") == "مرحبا"
    assert marking.marked("", language="es", asked="x") == ""


def test_scripts_without_spaces_are_marked_too() -> None:
    assert "<mark>型ヒント</mark>" in marking.marked("Pythonの型ヒント入門", language="ja", asked="型ヒント")


def test_an_excerpt_begins_near_the_first_word_found() -> None:
    text = "palabra " * 100 + "asincronía al final " + "otra " * 100
    found = marking.excerpt(text, language="es", asked="asincronía")
    assert found.startswith("…palabra")
    assert "<mark>asincronía</mark>" in found
    assert len(found) < 190
    assert marking.excerpt("corto", language="es", asked="asincronía") == "corto"
    assert "<mark>型ヒント</mark>" in marking.excerpt(
        "あ" * 300 + "型ヒント", language="ja", asked="型ヒント"
    )
