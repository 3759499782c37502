"""Letters on cards: fonts by coverage, directions, lines, and never a box where a letter is missing."""

import struct
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from altavoz.core import languages
from altavoz.web.og import bidi, breaking, coverage, fonts
from altavoz.web.og.setting import Lines, Text

pytestmark = pytest.mark.skipif(
    not fonts.library().faces,
    reason="no Noto fonts on this machine: apt-get install fonts-noto-core fonts-noto-cjk",
)
SIZES = (92, 60, 42)


def words(lines: Lines) -> list[str]:
    return ["".join(run.text for run in line) for line in lines.lines]


def test_every_content_language_can_be_written_with_the_fonts_we_ask_for() -> None:
    assert fonts.shapes()
    assert fonts.unwritten() == []


def test_a_machine_without_fonts_is_told_so(tmp_path: Path) -> None:
    bare = fonts.gather([str(tmp_path)])
    assert bare == fonts.Library((), None)
    assert bare.face("a", "en") is None


def test_a_font_that_cannot_be_opened_is_no_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))  # else Pillow takes the system's own of the same name
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "none"))
    segments = struct.pack(">HHHHHHH HHHHHH", 4, 32, 0, 4, 0, 0, 0, 97, 65535, 0, 97, 65535, 1)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + segments + struct.pack(">HHHH", 0, 0, 0, 0)
    path = tmp_path / "NotoColorEmoji.ttf"
    path.write_bytes(struct.pack(">IHHHH 4sIII", 0x10000, 1, 16, 0, 0, b"cmap", 0, 28, len(cmap)) + cmap)
    covered = coverage.read(path)
    assert covered is not None
    assert (96 in covered, 97 in covered, 98 in covered) == (False, True, False)
    assert fonts.gather([str(tmp_path)]).emoji is None


def test_own_fonts_come_first(tmp_path: Path, settings: LazySettings) -> None:
    (found,) = [face.path for face in fonts.library().faces if face.path.name == "NotoSans-Bold.ttf"]
    (tmp_path / found.name).write_bytes(found.read_bytes())
    (tmp_path / "NotoSansBroken-Bold.ttf").write_bytes(b"\0\1\0\0no font at all")
    (tmp_path / "NotoColorEmoji.ttf").write_bytes(found.read_bytes())
    settings.ALTAVOZ_FONTS = str(tmp_path)
    fonts.library.cache_clear()
    try:
        first = fonts.library().faces[0]
        assert first.path == tmp_path / found.name
        assert fonts.library().emoji is None  # it has no pictures
    finally:
        settings.ALTAVOZ_FONTS = ""
        fonts.library.cache_clear()


@pytest.mark.parametrize(
    ("letter", "language", "name"),
    [
        ("ñ", "es", "Noto Sans"),
        ("ع", "ar", "Noto Sans Arabic"),
        ("क्ष", "hi", "Noto Sans Devanagari"),
        ("ไ", "th", "Noto Sans Thai"),
        ("直", "ja", "Noto Sans CJK JP"),
        ("直", "zh", "Noto Sans CJK SC"),
        ("直", "zh-TW", "Noto Sans CJK TC"),
        ("한", "ko", "Noto Sans CJK KR"),
        ("直", "es", "Noto Sans CJK JP"),
        ("👩🏽‍💻", "es", "Noto Color Emoji"),
        ("🇲🇽", "es", "Noto Color Emoji"),
        ("1", "es", "Noto Sans"),
    ],
)
def test_each_letter_has_its_font(letter: str, language: str, name: str) -> None:
    face = fonts.library().face(letter, language)
    assert face is not None
    assert face.at(40).getname()[0] == name


def test_coverage_is_what_the_font_itself_says() -> None:
    (face,) = [face for face in fonts.library().faces if face.path.name == "NotoSansArabic-Bold.ttf"]
    font = face.at(40)
    missing = font.getmask("\U0010ffff").getbbox()
    for code in (*range(0x20, 0x7F), *range(0x600, 0x700), *range(0xA00, 0xA80)):
        has_glyph = font.getmask(chr(code)).getbbox() != missing or font.getmask(chr(code)).getbbox() is None
        assert (code in face.covered) <= has_glyph


@pytest.mark.parametrize("data", [b"", b"ttcf", b"\0\1\0\0\0\1" + b"x" * 40, b"\0\1\0\0\0\0" + b"\0" * 40])
def test_what_is_no_font_covers_nothing(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.ttf"
    path.write_bytes(data)
    assert coverage.read(path) is None
    assert coverage.read(tmp_path / "missing.ttf") is None


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("abc", 0, [0, 0, 0]),
        ("אבג", 1, [1, 1, 1]),
        ("א 12 ב", 1, [1, 1, 2, 2, 1, 1]),
        ("ا12", 1, [1, 2, 2]),  # after Arabic letters, digits are Arabic numbers
        ("a אב c", 0, [0, 0, 1, 1, 0, 0]),
        ("a ا, 3", 0, [0, 0, 1, 1, 1, 2]),
        ("אa!", 1, [1, 2, 1]),
        ("1.5%", 0, [0, 0, 0, 0]),
        ("א 1.5% 2+3", 1, [1, 1, 2, 2, 2, 2, 1, 2, 2, 2]),
        ("א a, b", 1, [1, 1, 2, 2, 2, 2]),
        ("a\u0301", 0, [0, 0]),
        ("\u0301א", 1, [1, 1]),
        ("", 0, []),
    ],
)
def test_directions(text: str, base: int, expected: list[int]) -> None:
    assert bidi.base_level(text) == base
    assert bidi.levels(text, base) == expected


def test_pieces_are_turned_around_by_level() -> None:
    assert bidi.visual([0, 1, 0]) == [0, 1, 2]
    assert bidi.visual([1, 2, 1]) == [2, 1, 0]
    assert bidi.visual([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert bidi.visual([]) == []


@given(st.text(max_size=40))
def test_every_character_has_one_level_and_one_place(text: str) -> None:
    found = bidi.levels(text, bidi.base_level(text))
    assert len(found) == len(text)
    assert sorted(bidi.visual(found)) == list(range(len(text)))
    assert set(found) <= {0, 1, 2}


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (" ", "a", True),
        (" ", " ", False),
        ("a", " ", False),
        ("a", "b", False),
        ("-", "b", True),
        ("-", "1", False),
        ("学", "ぶ", True),
        ("学", "。", False),
        ("「", "学", False),
        ("学", "a", True),
        ("a", "学", True),
        ("。", "学", True),
        ("ท", "ย", False),
        ("ม", "เ", True),
        ("ละ", "ก", True),
        ("เ", "ข", False),
        ("ก", "a", False),
        ("ស", "រ", True),
        ("ស្", "រ", False),
    ],
)
def test_where_lines_may_end(before: str, after: str, *, may: bool) -> None:
    assert breaking.may_break(before, after) is may


def test_a_short_title_is_large_and_a_long_one_smaller() -> None:
    assert Text("Flask", "pt").fitted(700, 300, SIZES).size == 92
    assert Text("Asincronía sin dolor: cómo esperar sin bloquear", "es").fitted(700, 300, SIZES).size == 60


def test_a_title_without_end_ends_in_an_ellipsis() -> None:
    lines = Text("palabra " * 60, "es").fitted(700, 200, SIZES)
    assert lines.height <= 200
    assert words(lines)[-1].endswith("…")
    assert all(sum(run.width(42) for run in line) <= 700 for line in lines.lines)


def test_a_word_wider_than_the_card_is_broken_between_letters() -> None:
    lines = Text("á" * 200, "es").fitted(700, 300, SIZES)
    assert "".join(words(lines)).rstrip("…") == "á" * (sum(map(len, words(lines))) - 1)
    assert lines.size == 42


def test_a_word_is_rather_made_smaller_than_broken() -> None:
    lines = Text("Donaudampfschiff", "de").fitted(500, 300, SIZES)
    assert (words(lines), lines.size) == (["Donaudampfschiff"], 42)


def test_japanese_is_broken_without_a_point_at_the_beginning_of_a_line() -> None:
    found = words(Text("非同期プログラミング、入門。" * 3, "ja").fitted(480, 400, SIZES))
    assert len(found) > 1
    assert not any(line[0] in "、。ングー" and line[0] in "、。ー" for line in found)


def test_letters_that_no_font_has_are_left_out_and_counted() -> None:
    text = Text("Py\U00016ea0thon", "en")
    assert ("".join(one.text for one in text.clusters), text.missing, text.writable) == ("Python", 1, True)
    assert not Text("\U00016ea0\U00016ea1 a", "und").writable
    assert Text("", "es").fitted(100, 100, SIZES).lines == ()


def test_arabic_letters_are_joined_and_run_from_the_right() -> None:
    ((run,),) = Text("بايثون", "ar").fitted(700, 300, (60,)).lines
    single = sum(run.face.at(60).getlength(letter) for letter in run.text)
    assert not run.rightward
    assert run.width(60) < 0.9 * single


def test_devanagari_conjuncts_are_drawn_as_one() -> None:
    ((run,),) = Text("क्षत्रिय", "hi").fitted(700, 300, (60,)).lines
    plain = ImageFont.truetype(str(run.face.path), 60, layout_engine=ImageFont.Layout.BASIC)
    assert run.width(60) < 0.9 * plain.getlength(run.text)


def test_latin_within_arabic_stands_in_its_place() -> None:
    (line,) = Text("لغة Python 3", "ar").fitted(900, 100, (60,)).lines
    assert [(run.text.strip(), run.rightward) for run in line] == [("Python 3", True), ("لغة", False)]


def test_a_mixed_title_loses_nothing() -> None:
    title = "Python باللغة العربية 日本語 हिन्दी ไทย Русский ελληνικά עברית 👩🏽‍💻"
    lines = Text(title, "en").fitted(700, 400, SIZES)
    assert sorted("".join(words(lines)).replace(" ", "")) == sorted(title.replace(" ", ""))


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Señales y cigüeñas · “comillas” — ¿qué? №1 → ½ €", "es"),
        ("البرمجة، بلغة «بايثون»؟ ١٢٣", "ar"),
        ("पाइथन में क्षेत्रीय भाषाएँ।", "hi"),
        ("「非同期」プログラミング〜入門！？①", "ja"),
        ("การเขียนโปรแกรมภาษาไพทอน ๆ ฯ", "th"),
        ("파이썬으로 배우는 데이터", "ko"),
        ("ქართული հայերեն አማርኛ བོད་ཡིག ខ្មែរ", "ka"),
    ],
)
def test_no_letter_is_drawn_as_a_box(title: str, language: str) -> None:
    text = Text(title, language)
    assert text.missing == 0
    for cluster in text.clusters:
        font = cluster.face.at(60)
        box = font.getmask("\U0010fffd")
        drawn = font.getmask(cluster.text)
        assert (drawn.size, bytes(drawn)) != (box.size, bytes(box)) or cluster.text.isspace()


def test_an_ellipsis_needs_a_font_too(monkeypatch: pytest.MonkeyPatch) -> None:
    (plain,) = [face for face in fonts.library().faces if face.path.name == "NotoSansThai-Bold.ttf"]
    only_thai = fonts.Face(plain.path, 0, coverage.Coverage(plain.covered.starts, plain.covered.ends))
    monkeypatch.setattr("altavoz.web.og.setting.library", lambda: fonts.Library((only_thai,), None))
    lines = Text("ภาษาไพทอน" * 30, "th").fitted(300, 60, (42,))
    covered = all(ord(letter) in plain.covered for letter in words(lines)[0])
    assert covered
    assert languages.script(words(lines)[0]) == "Thai"
