"""The fonts of this machine, found when first needed, and which of them writes a given character."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import regex
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features

from altavoz.core import languages
from altavoz.core.languages import scripts, tags
from altavoz.web.og import coverage

#: Where fontconfig looks on Debian, Fedora and macOS.
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)
# Names of files we take, better ones first. Others (condensed, italic, for terminals) would look foreign.
_NAMES = tuple(
    re.compile(pattern)
    for pattern in (
        r"NotoSans-Bold\.[ot]tf",
        r"NotoSans(?!Display|Mono|UI)[A-Z]\w*(?<!Unjoined)-Bold\.[ot]tf",
        r"NotoSansCJK-Bold\.ttc",
        r"NotoSans(?!Display|Mono|UI)[A-Z]\w*(?<!Unjoined)-Regular\.[ot]tf",
        r"NotoSansCJK-Regular\.ttc",
        r"NotoSerif(?!Display)[A-Z]\w*-Bold\.[ot]tf",  # some scripts have no other
        r"DejaVuSans-Bold\.ttf",
        r"DejaVuSans\.ttf",
        r"LiberationSans-Bold\.ttf",
    )
)
_COLOURED = "NotoColorEmoji.ttf"
#: The only size at which pictures of emoji can be had; they are made smaller afterwards.
EMOJI_SIZE = 109
_SMILE = "\U0001f600"
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Emoji}\uFE0F?\u20E3")
# Fonts in the collection of Chinese, Japanese and Korean, by language; the first one where none is named.
_CJK = {"ja": 0, "ko": 1, "zh": 2, "zh-Hant": 3}
_CJK_FILE = "NotoSansCJK"


@dataclass(frozen=True)
class Face:
    """One font of one file."""

    path: Path
    index: int
    covered: coverage.Coverage = field(compare=False, repr=False)
    coloured: bool = False

    def covers(self, grapheme: str) -> bool:
        """Return whether every character that is to be seen has a glyph."""
        return all(ord(character) in self.covered for character in grapheme if not _unseen(character))

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the font at a size in pixels, with letters shaped and joined."""
        return _opened(str(self.path), self.index, EMOJI_SIZE if self.coloured else size)


@dataclass(frozen=True)
class Library:
    """The fonts found: those for words in order of preference, and the pictures of emoji."""

    faces: tuple[Face, ...]
    emoji: Face | None

    def face(self, grapheme: str, language: str) -> Face | None:
        """Return the font to write a grapheme in; None where no font has all of it."""
        if self.emoji is not None and _EMOJI.match(grapheme) and self.emoji.covers(grapheme):
            return self.emoji
        wanted = _CJK.get(tags.normalise(language), _CJK.get(languages.base(language), 0))
        for face in self.faces:
            if face.path.name.startswith(_CJK_FILE) and face.index != wanted:
                continue
            if face.covers(grapheme):
                return face
        return None


def _unseen(character: str) -> bool:
    """Return whether nothing is drawn for a character: joiners, selectors, marks of direction."""
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the fonts of this machine; found once per process, in some tenths of a second."""
    return gather([*([settings.ALTAVOZ_FONTS] if settings.ALTAVOZ_FONTS else []), *_FOLDERS])


def gather(folders: list[str]) -> Library:
    """Return the fonts in the folders and below them."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(Path(folder).expanduser().rglob("*")):
            found.setdefault(path.name, path)
    ranked = sorted((rank, name) for name in found if (rank := _rank(name)) is not None)
    faces = tuple(face for _, name in ranked for face in _faces(found[name]))
    return Library(faces, _emoji(found.get(_COLOURED)))


def _rank(name: str) -> int | None:
    return next((rank for rank, pattern in enumerate(_NAMES) if pattern.fullmatch(name)), None)


def _faces(path: Path) -> Iterator[Face]:
    for index in sorted(_CJK.values()) if path.name.startswith(_CJK_FILE) else (0,):
        if covered := coverage.read(path, index):
            yield Face(path, index, covered)


def _emoji(path: Path | None) -> Face | None:
    """Return the font of emoji where it holds pictures; some builds hold drawings, which Pillow cannot read."""
    covered = coverage.read(path) if path else None
    if path is None or covered is None:
        return None
    face = Face(path, 0, covered, coloured=True)
    return face if _has_pictures(face) else None


def _has_pictures(face: Face) -> bool:
    """Return whether a smile can be drawn in colour."""
    image = Image.new("RGB", (EMOJI_SIZE * 2, EMOJI_SIZE * 2))
    try:
        ImageDraw.Draw(image).text(
            (0, 0), _SMILE, font=face.at(EMOJI_SIZE), embedded_color=True, fill="black"
        )
    except OSError:
        return False
    return image.getbbox() is not None


@lru_cache(maxsize=64)
def _opened(path: str, index: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.RAQM)


def shapes() -> bool:
    """Return whether letters can be joined and ordered; without raqm, many scripts would come out wrong."""
    return bool(features.check("raqm"))


def unwritten() -> list[str]:
    """Return the content languages, as tags, whose own name no font here can write."""
    known = library()
    return [
        tag
        for tag in languages.CONTENT_LANGUAGES
        if not all(
            known.face(letter, tag)
            for letter in languages.autonym(tag)
            if scripts.script_of(letter) != "Zyyy"
        )
    ]
