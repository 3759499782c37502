"""How wide words are in a bold system font: a guess on the wide side, since only the visitor's device knows (pure)."""

import unicodedata

_NARROW = frozenset("iIjlftr.,:;'’‘|!()[] ")
_WIDE = frozenset("mwMW@%")
#: By script (the first word of a letter's Unicode name), in parts of the font's size.
_SCRIPTS = {"CYRILLIC": 0.72, "ARABIC": 0.58, "HEBREW": 0.6, "THAI": 0.62, "LAO": 0.62, "GREEK": 0.66}
_LATIN, _CAPITAL, _OTHERS = 0.61, 0.72, 0.8


def width(text: str, size: float) -> float:
    """Return about how wide the text is."""
    return size * sum(map(_part, text))


def _part(letter: str) -> float:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.02
    if letter in _NARROW:
        return 0.38
    if letter in _WIDE:
        return 0.98
    if letter.isascii() or unicodedata.name(letter, "").startswith("LATIN"):
        return _CAPITAL if letter.isupper() else _LATIN
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], _OTHERS)
