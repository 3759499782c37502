"""Which script a letter or a text is written in, as ISO 15924 codes."""

from bisect import bisect_right
from collections import Counter
from functools import lru_cache

#: A text without letters has the script "common".
COMMON = "Zyyy"

# First and last code point of the blocks that hold letters, and their script. Kana count as Jpan and
# Hangul as Kore, because that is what the scripts of languages are called.
_BLOCKS = (
    (0x0041, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0531, 0x058F, "Armn"),
    (0x0591, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"),
    (0x07C0, 0x07FF, "Nkoo"),
    (0x08A0, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Kore"),
    (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"),
    (0x1800, 0x18AF, "Mong"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x3041, 0x30FF, "Jpan"),
    (0x3131, 0x318F, "Kore"),
    (0x31F0, 0x31FF, "Jpan"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xAC00, 0xD7FF, "Kore"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFE, "Arab"),
    (0xFF66, 0xFF9F, "Jpan"),
    (0x1E900, 0x1E95F, "Adlm"),
    (0x20000, 0x323AF, "Hani"),
)
_STARTS = tuple(start for start, _end, _code in _BLOCKS)


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """Return the script of one letter, COMMON for anything else."""
    if not character.isalpha():
        return COMMON
    _start, end, code = _BLOCKS[bisect_right(_STARTS, ord(character)) - 1]
    return code if ord(character) <= end else COMMON


def counts(text: str) -> Counter[str]:
    """Return how many letters of each script stand in `text`."""
    found = Counter(map(script_of, text))
    del found[COMMON]
    return found


def script(text: str) -> str:
    """Return the script most letters are in; Han among kana is Japanese writing; COMMON without letters."""
    found = counts(text)
    if found["Jpan"]:
        found["Jpan"] += found.pop("Hani", 0)
    best = max(found, key=lambda code: found[code], default=COMMON)
    return best if found[best] else COMMON
