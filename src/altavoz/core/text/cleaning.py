"""Cleaning of text from outside: one normal form, nothing invisible, no stray space."""

import unicodedata

import regex

from altavoz.core.text.mojibake import repair_mojibake

# Invisible and harmful: controls, bidirectional marks (pages isolate foreign text themselves), soft hyphens,
# zero-width spaces, annotations, halves of surrogates, code points that are no characters.
_INVISIBLE = regex.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000\U000e0001]"
)
# Joiners have work to do between letters of joining scripts and inside emoji; elsewhere they are dirt.
_IDLE_JOINER = regex.compile(
    r"(?<![\p{Arab}\p{Deva}\p{Beng}\p{Guru}\p{Gujr}\p{Orya}\p{Taml}\p{Telu}\p{Knda}\p{Mlym}\p{Sinh}\p{Khmr}\p{Mymr}"
    r"\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?=[\s\u200c\u200d]|$)"
)
# Letters of flags only follow a black flag.
_IDLE_TAGS = regex.compile(r"(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+")
# Invisible, and letters all the same: Python holds them for printable.
_FILLERS = frozenset("\u115f\u1160")
_SPACE = regex.compile(r"[\s\x1c-\x1f\u2028\u2029\u3164\uffa0]+")
_LINE_SPACE = regex.compile(r"[^\S\n]+")
_LINE_END = regex.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_GAP = regex.compile(r" ?\n ?")
_GAPS = regex.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Return `text` on one line: NFC, mojibake repaired where certain, nothing invisible, single spaces.

    Line breaks become spaces; `clean_lines` keeps them. Cleaning twice is cleaning once.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    cleaned: str = _SPACE.sub(" ", _visible(text)).strip()
    return text if cleaned == text else clean_text(cleaned)


def clean_lines(text: str) -> str:
    """Return `text` cleaned line by line, with at most one empty line between paragraphs."""
    # What is printable has no line ends, and no space but the common one.
    cleaned = _fold_lines(_visible(text if text.isprintable() else _LINE_END.sub("\n", text)))
    return text if cleaned == text else clean_lines(cleaned)


def _fold_lines(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text.strip()
    single: str = _GAP.sub("\n", _LINE_SPACE.sub(" ", text))
    return str(_GAPS.sub("\n\n", single)).strip()


def _visible(text: str) -> str:
    repaired = unicodedata.normalize("NFC", repair_mojibake(text))
    if repaired.isprintable() and not _FILLERS.intersection(repaired):
        return repaired
    return str(_IDLE_TAGS.sub("", _IDLE_JOINER.sub("", _INVISIBLE.sub("", repaired))))
