"""Text from outside becomes clean, and cleaning again changes nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from altavoz.core.text import clean_lines, clean_text, repair_mojibake

# Text as it goes wrong: letters of many scripts, marks, joiners, controls and mojibake.
MESSY = st.text(
    st.one_of(st.characters(), st.sampled_from("Ãƒâ€™©Ð \u200d\u200c\u0301\u00a0\n\t👩🏽🏴\U000e0067ñ"))
)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("plain", "plain"),
        ("  two  words ", "two words"),
        ("a\tb\r\nc\u2028d\u00a0e\u3000f", "a b c d e f"),
        ("Cafe\u0301", "Café"),
        ("zero\u200bwidth\ufeff soft\u00adhyphen", "zerowidth softhyphen"),
        ("nul\x00 bell\x07 c1\x9f", "nul bell c1"),
        ("right \u202eto\u202c left\u200f", "right to left"),
        ("half \ud800 pair", "half pair"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩‍👩‍👧 🏳️‍🌈", "👩‍👩‍👧 🏳️‍🌈"),
        ("a\u200db\u200c", "ab"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 ok\U000e0067", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 ok"),
        ("CanciÃ³n", "Canción"),
        ("lost \ufffd stays", "lost \ufffd stays"),
        ("", ""),
    ],
)
def test_clean_text(given_: str, expected: str) -> None:
    assert clean_text(given_) == expected


@settings(deadline=None)
@given(MESSY)
@example("Ã\u200b©")
@example("\u200c\u200d" * 9)
@example("\u1100\u115f\u1161")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert "\n" not in cleaned
    cleaned.encode()


@settings(deadline=None)
@given(MESSY)
def test_cleaning_lines_twice_is_cleaning_once(text: str) -> None:
    cleaned = clean_lines(text)
    assert clean_lines(cleaned) == cleaned
    assert "\n\n\n" not in cleaned


def test_lines_and_paragraphs_stay() -> None:
    assert clean_lines(" one \r\n two\u2028three\n\n\n\n four\t five ") == "one\ntwo\nthree\n\nfour five"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("CanciÃ³n", "Canción"),
        ("Ã‰cole", "École"),
        ("itâ€™s", "it’s"),
        ("naïve cafÃ©", "naïve café"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("æ—¥æœ¬èªž", "日本語"),
        ("CanciÃƒÂ³n", "Canción"),
        ("â‚¬", "€"),
    ],
)
def test_certain_mojibake_is_repaired(broken: str, whole: str) -> None:
    assert repair_mojibake(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "AMANHÃ…",
        "«À»",
        "été…»",
        "Ñandú",
        "\ufffd",
        "日本語",
        "Ð",
        "İstanbul",
        "plain",
        "naïve",
        "Ãº"[:1],
        "Ð¸Ð²",
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert repair_mojibake(text) == text


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc"]), min_size=1, max_size=20))
def test_what_was_misread_once_is_found_again_or_left(text: str) -> None:
    misread = text.encode().decode("latin-1")
    assert repair_mojibake(misread) == repair_mojibake(repair_mojibake(misread))
