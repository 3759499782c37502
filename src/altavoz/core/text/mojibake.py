"""Repair of text that was read in the wrong encoding, only where that is certain."""

import regex

_RUN = regex.compile(r"[^\x00-\x7f]+")
# What a repaired run may consist of when it is short: letters and signs of Western European writing.
_WESTERN = regex.compile(r"[\u00a0-\u017f\u0218-\u021b\u2010-\u2044\u20ac\u2122]+")
_SURE_LENGTH = 3
# Where a misreading may be at all: a sign that stands for a first byte, then one that stands for a following byte.
_SUSPECT = regex.compile(
    "[\u00c2-\u00f4]["
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)


def repair_mojibake(text: str) -> str:
    """Return `text` with UTF-8 that was read as Windows-1252 restored ("CanciÃ³n" becomes "Canción").

    A run of signs is replaced only if all of it is such a misreading and the result is plausible; anything
    else stays, a U+FFFD included: what was lost there is not known. Repairing twice changes nothing more.
    """
    if not _SUSPECT.search(text):
        return text
    repaired: str = _RUN.sub(_repaired, text)
    return text if repaired == text else repair_mojibake(repaired)


def _repaired(found: regex.Match[str]) -> str:
    run: str = found[0]
    try:
        restored = bytes(map(_byte, run)).decode("utf-8")
    except ValueError:
        return run
    before = found.string[max(0, found.start() - 1) : found.start()]
    return restored if _certain(restored, before) else run


def _certain(restored: str, before: str) -> bool:
    """Tell whether nobody would have written the run on purpose: "AMANHÃ…" ends in an ellipsis, not in Å."""
    if _WESTERN.fullmatch(restored):
        return len(restored) > 1 or not before.isupper()
    return len(restored) >= _SURE_LENGTH and restored.isprintable()


def _byte(character: str) -> int:
    """Return the byte that Windows-1252 shows as `character`; bytes it leaves open are read as Latin-1."""
    if ord(character) <= 0xFF:  # noqa: PLR2004 -- the last code point of Latin-1
        return ord(character)
    return character.encode("cp1252")[0]
