"""Splitting of text into pieces: words with their connectors, and runs of scripts without spaces."""

import re
from typing import cast

import regex

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")

# Scripts that are written without spaces between words; Hangul has spaces.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー々〆〇\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]"

# First names that signs belong to (C++, C#, .NET), then words, whose parts a sign may tie together.
_NAMES = r"(?<!\w)[a-z]{1,2}(?:\+\+|\#)(?!\w)|(?<![\w.])\.[a-z][a-z0-9]*"
_ASCII = re.compile(rf"{_NAMES}|[a-z0-9]+(?:(?:[-'._]|(?<=[0-9]),(?=[0-9]))[a-z0-9]+)*")
_ANY = regex.compile(
    rf"(?V1){_NAMES}|{_LETTER}+(?:(?:[-'._\u2019\u02bc\u200c\u2010\u2011\u05f3\u05f4\u30fb]|(?<=\d),(?=\d)){_LETTER}+)*"
    rf"|[{_UNSPACED}]+"
)
# The long mark at the end of a Katakana word is written or not, as one likes.
_FINAL_LONG_MARK = re.compile("(?<=[ァ-ヺー]{2}[ァ-ヺ])ー(?![ァ-ヺー])")


def pieces(text: str) -> list[str]:
    """Return the pieces of `text`, which is in small letters; addresses are left out."""
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    if text.isascii():
        return _ASCII.findall(text)
    return cast("list[str]", _ANY.findall(_FINAL_LONG_MARK.sub("", text)))
