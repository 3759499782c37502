"""Slugs that people can read in their own script."""

import unicodedata
from hashlib import blake2b
from itertools import accumulate

import regex

from altavoz.core.text.cutting import graphemes

_SEPARATORS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_LEADING_MARKS = regex.compile(r"(?:^|(?<=-))\p{M}+")
_NAMES = ((regex.compile(r"\bc\+\+"), "cpp"), (regex.compile(r"\b([cf])#"), r"\1sharp"))
_NAMES_DOT = regex.compile(r"(?<!\w)\.net\b")


def slugify(text: str, max_length: int = 80) -> str:
    """Return `text` as a part of an address: letters and digits of any script in small form, joined by "-".

    Never empty, never longer than `max_length` characters, never cut inside a grapheme; a text without letters
    gets a name made from its digest.
    """
    slug = _cut(_plain(text), max_length)
    return slug or blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()[:max_length]


def _plain(text: str) -> str:
    small = _folded(_folded(text)).replace("i\u0307", "i")  # what is left of a Turkish İ
    for pattern, spoken in _NAMES:
        small = pattern.sub(spoken, small)
    joined = _SEPARATORS.sub("-", _NAMES_DOT.sub("dotnet", small))
    return str(_SEPARATORS.sub("-", _LEADING_MARKS.sub("", joined))).strip("-")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _cut(slug: str, max_length: int) -> str:
    if len(slug) <= max_length:
        return slug
    parts = graphemes(slug)
    fitting = sum(total <= max_length for total in accumulate(map(len, parts)))
    kept = "".join(parts[:fitting])
    whole = kept.rpartition("-")[0]
    ends_there = slug[len(kept)] == "-" or len(whole) < max_length // 2
    return (kept if ends_there else whole).strip("-")
