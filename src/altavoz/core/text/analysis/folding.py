"""Folding of letters that readers of a language type one for the other."""

import unicodedata
from functools import cache

# Marks that are letters of their own: without them it is another word.
_KEPT = {
    "es gl eu fil ast qu ay gn": "ñ",
    "tr az": "çğöşü",
    "sv fi et": "åäöõü",
    "da nb nn": "åæø",
    "is": "æðþö",
}
_KEPT_EVERYWHERE = "йїў"
# Letters of Latin that no mark makes; forms of one Arabic letter, and the letters of Persian and Urdu that
# replace them; nasal signs of Devanagari and Bengali.
_LIKE = dict(zip("øđłħðŋٱىیېےکةہۃھँঁ", "odlhdnايييي\u0643ههههंং", strict=True))
_LIKE |= {"æ": "ae", "œ": "oe", "þ": "th"}
# Signs that stand for an apostrophe, joiners, and the tatweel that only stretches a line.
_LIKE |= dict.fromkeys("ـʼ\u2019'\u200c\u200d\u05f3\u05f4", "")
_WHOLE_SCRIPTS = ("HIRAGANA", "KATAKANA", "HANGUL", "CJK", "THAI", "LAO", "KHMER", "MYANMAR")
_STRUCTURAL = frozenset({0, 9})  # combining classes of vowel signs and viramas, without which nothing is left


class Folding(dict[int, str]):
    """A table for `str.translate` that works out each character when it is met first."""

    def __init__(self, kept: str) -> None:
        super().__init__()
        self._kept = frozenset(kept)

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        return folded

    def _fold(self, character: str) -> str:
        if character in self._kept or character.isascii():
            return "" if character == "'" else character
        if character in _LIKE:
            return _LIKE[character]
        if unicodedata.category(character) == "Nd":
            return str(unicodedata.decimal(character))
        if unicodedata.name(character, "").startswith(_WHOLE_SCRIPTS):
            return character
        bare = (part for part in unicodedata.normalize("NFD", character) if _is_structural(part))
        return "".join(_LIKE.get(part, part) for part in bare)


def _is_structural(part: str) -> bool:
    return unicodedata.category(part)[0] != "M" or unicodedata.combining(part) in _STRUCTURAL


@cache
def folding(language: str) -> Folding:
    """Return the table of `language`."""
    own = next((letters for names, letters in _KEPT.items() if language in names.split()), "")
    return Folding(own + _KEPT_EVERYWHERE)
