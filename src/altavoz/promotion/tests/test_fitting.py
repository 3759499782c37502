"""Text that fits, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altavoz.core.text import clean_text, graphemes
from altavoz.promotion.channels.contract import Limits
from altavoz.promotion.channels.mastodon import composing
from altavoz.promotion.fitting import DoesNotFitError, Item, fit, hashtag

#: A language and letters of each script, with the signs that only live on a letter.
SCRIPTS = {
    "es": "aábcñoüz ¿",
    "vi": "ăâđêôơưễộự ạ",
    "ru": "абвгдежзй́ ё",
    "el": "αβγδέζηθ ΐ",
    "hy": "աբգդեզէը ",
    "ka": "აბგდევზთ ",
    "he": "אבגדהוזח \u05b7\u05bc",
    "ar": "ابتثجحخد \u064e\u0651",
    "fa": "پچژگکیمن \u200c",
    "ur": "ٹڈڑےںھہۓ ",
    "hi": "कखगघत \u093f\u094d\u0902",
    "bn": "কখগঘঙ \u09bf\u09cd\u09be",
    "pa": "ਕਖਗਘਙ \u0a3f\u0a4d\u0a70",
    "gu": "કખગઘઙ \u0abf\u0acd",
    "ta": "கஙசஞட \u0bbf\u0bcd\u0bca",
    "te": "కఖగఘఙ \u0c3f\u0c4d",
    "kn": "ಕಖಗಘಙ \u0cbf\u0ccd",
    "ml": "കഖഗഘങ \u0d3f\u0d4d",
    "si": "කඛගඝඞ \u0dd2\u0dca\u200d",
    "th": "กขคงจ\u0e31\u0e34\u0e49",
    "lo": "ກຂຄງຈ\u0eb1\u0eb4\u0ec9",
    "km": "កខគឃង\u17d2\u17b7",
    "my": "ကခဂဃင\u1039\u102d",
    "bo": "ཀཁགངཅ\u0f72\u0f74་",
    "am": "ሀለሐመሠ ",
    "ko": "가나다라\u1100\u1161\u11a8 ",
    "ja": "日本語かなカナ\u3099ー",
    "zh": "中文编程语言。",
    "en": "👩🏽‍💻👨‍👩‍👧‍👦🇲🇽🏳️‍🌈 ab",
}
NASTY = "@#:/\u2066\u202e\u200f\n\t https://x.y @ana@b.c"


@st.composite
def items(draw: st.DrawFn) -> Item:
    language = draw(st.sampled_from(sorted(SCRIPTS)))
    text = st.text(SCRIPTS[language] + NASTY, max_size=700)
    path = draw(st.text("abcáλ中0123456789-/", max_size=80))
    return Item(
        title=draw(text),
        link=f"https://altavoz.example/{path}",
        language=language,
        credit=draw(st.text(SCRIPTS[language] + NASTY, max_size=100)),
        handle=draw(st.sampled_from(["", "@ana@mastodon.example"])),
        topics=tuple(draw(st.lists(st.text(SCRIPTS[language] + "-_ ", max_size=20), max_size=5))),
    )


@given(item=items(), limit=st.integers(23, 600))
def test_never_over_the_limit_never_inside_a_grapheme_and_the_link_whole(item: Item, limit: int) -> None:
    text = fit(item, count=composing.count, limit=limit)

    assert composing.count(text) <= limit
    lines = text.replace("\u2066", "").replace("\u2069", "").split("\n")
    assert lines.count(item.link) == 1
    assert text.count("\u2066") + text.count("\u2068") == text.count("\u2069")
    title = lines[0].lstrip("\u200f")
    assert not title.endswith("…") or _begins_with_whole(title, clean_text(item.title))


def _begins_with_whole(cut: str, text: str) -> bool:
    """Tell whether what is left of a cut text is whole graphemes of it (links in it lose their scheme first)."""
    kept = graphemes(cut.replace("\u2060", "").removesuffix("…"))
    whole = graphemes(text.replace("https://", ""))
    return kept == whole[: len(kept)]


def _fit(limit: int, **changes: object) -> str:
    item = {
        "title": "Programación asíncrona sin lágrimas",
        "link": "https://altavoz.example/es/works/42-programacion/",
        "language": "es",
        "credit": "Ana Pérez",
        "handle": "@ana@mastodon.example",
        "topics": ("asyncio", "machine-learning"),
    } | changes
    return fit(Item(**item), count=composing.count, limit=limit)  # type: ignore[arg-type]


WHOLE = (
    "Programación asíncrona sin lágrimas\n— Ana Pérez @ana@mastodon.example\n\n"
    "https://altavoz.example/es/works/42-programacion/\n\n#Asyncio #MachineLearning"
)


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (104, WHOLE),
        (103, WHOLE.removesuffix(" #MachineLearning")),
        (80, WHOLE.partition("\n\n#")[0]),
        (
            70,
            WHOLE.replace(" lágrimas", "…").partition("\n\n#")[0],
        ),
        (50, "Programación asíncrona…\n\nhttps://altavoz.example/es/works/42-programacion/"),
        (23, "https://altavoz.example/es/works/42-programacion/"),
    ],
)
def test_what_goes_first(limit: int, text: str) -> None:
    assert _fit(limit) == text


def test_a_link_alone_does_not_fit() -> None:
    with pytest.raises(DoesNotFitError):
        _fit(22)


def test_right_to_left_text_isolates_what_runs_the_other_way() -> None:
    text = _fit(
        500,
        title="Python للمبتدئين",
        language="ar",
        credit="Omar Haddad",
        topics=("علم البيانات", "asyncio"),
    )
    assert text == (
        "\u200fPython للمبتدئين\n"
        "\u200f— \u2068Omar Haddad\u2069 \u2066@ana@mastodon.example\u2069\n\n"
        "\u2066https://altavoz.example/es/works/42-programacion/\u2069\n\n"
        "\u200f#علم_البيانات \u2066#Asyncio\u2069"
    )


def test_a_right_to_left_name_in_left_to_right_text_is_isolated() -> None:
    assert _fit(500, credit="عمر حداد", handle="", topics=()).splitlines()[1] == "— \u2068عمر حداد\u2069"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Cómo usar @property", "Cómo usar @\u2060property"),
        ("Ve https://otro.example/x", "Ve otro.example/x"),
        ("Una\n\n línea\u202e", "Una línea"),
    ],
)
def test_a_title_cannot_mention_link_or_turn_the_text(title: str, shown: str) -> None:
    assert _fit(500, title=title).splitlines()[0] == shown


def test_nothing_but_a_link() -> None:
    assert _fit(500, title="", credit="", handle="", topics=()) == (
        "https://altavoz.example/es/works/42-programacion/"
    )


@pytest.mark.parametrize(
    ("topic", "tag"),
    [
        ("machine-learning", "#MachineLearning"),
        ("FastAPI", "#FastAPI"),
        ("ciencia de datos", "#CienciaDeDatos"),
        ("علم البيانات", "#علم_البيانات"),
        ("डेटा विज्ञान", "#डेटा_विज्ञान"),
        ("機械 学習", "#機械学習"),
        ("2026", ""),
        ("c++", "#C"),
        ("—", ""),
    ],
)
def test_hashtags(topic: str, tag: str) -> None:
    assert hashtag(topic) == tag


# Mastodon's own ways


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("hola", 4),
        ("👩🏽‍💻 y 🇲🇽", 5),
        ("https://a.example/" + "x" * 300, 23),
        ("\u2066https://a.example/x\u2069!", 26),
        ("@ana@mastodon.example!", 5),
        ("@a.na_@h.example", 6),
        ("नमस्ते", 4),
    ],
)
def test_what_mastodon_counts(text: str, length: int) -> None:
    assert composing.count(text) == length


@pytest.mark.parametrize(
    ("given_handle", "handle"),
    [
        ("@ana@mastodon.example", "@ana@mastodon.example"),
        ("ana@mastodon.example ", "@ana@mastodon.example"),
        ("@ana", ""),
        ("ana@localhost", ""),
        ("https://mastodon.example/@ana", ""),
        ("", ""),
    ],
)
def test_only_full_addresses_are_handles(given_handle: str, handle: str) -> None:
    assert composing.handle(given_handle) == handle


@pytest.mark.parametrize(
    ("language", "tag"),
    [("es", "es"), ("pt-BR", "pt"), ("zh-Hant", "zh-TW"), ("fil", "tl"), ("und", ""), ("ckb", "ckb")],
)
def test_language_tags(language: str, tag: str) -> None:
    assert composing.tag(language) == tag


def test_a_message_carries_text_link_and_language() -> None:
    message = composing.compose(
        Item(title="Hola", link="https://a.example/x", language="pt-br", handle="nobody"),
        Limits(characters=99),
    )
    assert (message.text, message.link, message.language) == (
        "Hola\n\nhttps://a.example/x",
        "https://a.example/x",
        "pt",
    )
