"""Keys that put names of any script in the order readers look for them, without ICU.

The key follows the Unicode Collation Algorithm in what matters for lists of names. Compared by code point
(a column with the collation "C"), it orders first by base letters, then by accents, then by case.
Punctuation precedes digits, digits precede letters; scripts follow each other as in the Unicode charts.
Han stands by code point (by radical, that is): a reading cannot be known from the characters.
"""

import re
import unicodedata
from functools import cache, lru_cache

_LONGEST = 80
_LEVEL = "\x01"
_AFTER = "\uf8ff"  # sorts behind every letter that may follow in a word

# Letters of their own, per language: "nñ" says that ñ follows n as a letter, and so on.
_TAILORINGS = {
    "es gl eu fil ast qu ay gn": "nñ",
    "sv fi": "zåäö äæ öø",
    "da nb nn no": "zæøå æä øö",
    "et": "sšzž wõäöü",
    "pl": "aą cć eę lł nń oó sś zźż",
    "cs sk": "cč rř sš zž",
    "hr bs sl": "cčć dđ sš zž",
    "lt lv": "cč sš zž",
    "tr az": "cç gğ hı oö sş uü",
    "ro": "aăâ iî sș tț",
    "hu": "oö uü",
    "is": "dð zþæö",
    "vi": "aăâ dđ eê oôơ uư",
    "fa ur ps ckb": "وه",
}
# The same for every language: letters whose code point is not where their alphabet has them.
_EVERYWHERE = (
    "иі гґђ еє лљ нњ тћ чџ "  # Cyrillic beyond the Russian letters
    "بپ جچ زژ كگ دڈ رڑ تٹ"  # Arabic letters of Persian and Urdu
)
_SAME = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ı": "i", "ð": "d", "þ": "th", "ŋ": "n"}
    | {"ک": "ك", "ی": "ي", "ى": "ي", "ٱ": "ا", "ہ": "ه", "ھ": "ه", "ـ": ""}
)
_CYRILLIC_SHORT = str.maketrans({"й": f"и{_AFTER}9", "ї": f"и{_AFTER}3", "ў": f"у{_AFTER}0"})
_KANA = str.maketrans(
    {chr(code): chr(code - 0x60) for code in range(0x30A1, 0x30F7)}
    | dict(zip("ァィゥェォッャュョヮヵヶ", "あいうえおつやゆよわかけ", strict=True))
    | dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
)
_VOWELS = (
    "あかさたなはまやらわ",
    "いきしちにひみり",
    "うくすつぬふむゆる",
    "えけせてねへめれ",
    "おこそとのほもよろを",
)
_LONG = re.compile(r"(.)ー")
# Thai and Lao write some vowels before the consonant they follow in speech and in the dictionary.
_LEADING_VOWEL = re.compile("([เแโใไ])([ก-ฮ])|([ເແໂໃໄ])([ກ-ຮ])")


@lru_cache(maxsize=4096)
def sort_key(text: str, language: str = "") -> str:
    """Return the key of `text` in the order of `language`; without one, in the order common to all."""
    plain = unicodedata.normalize("NFC", text)[:_LONGEST]
    folded = plain.casefold() if language not in {"tr", "az"} else plain.replace("I", "ı").lower()
    secondary = unicodedata.normalize("NFD", folded)
    return _LEVEL.join((_primary(folded, language.partition("-")[0]), secondary, plain.swapcase()))


def _primary(folded: str, language: str) -> str:
    own = unicodedata.normalize("NFC", folded).translate(_own_letters(language)).translate(_CYRILLIC_SHORT)
    bare = "".join(map(_bare, unicodedata.normalize("NFKD", own))).translate(_SAME)
    kana = _LONG.sub(_long_vowel, bare.translate(_KANA))
    return _LEADING_VOWEL.sub(lambda found: "".join(filter(None, found.group(2, 1, 4, 3))), kana).strip()


@cache
def _own_letters(language: str) -> dict[int, str]:
    groups = next((row for names, row in _TAILORINGS.items() if language in names.split()), "")
    return {
        ord(letter): f"{group[0]}{_AFTER}{place}"
        for group in (*_EVERYWHERE.split(), *groups.split())
        for place, letter in enumerate(group[1:], start=1)
    }


@lru_cache(maxsize=8192)
def _bare(character: str) -> str:
    """Return what a character weighs at first sight: accents nothing, signs little, digits their value."""
    kind = unicodedata.category(character)
    if kind[0] == "M":
        return character if unicodedata.combining(character) in {0, 9} and kind != "Me" else ""
    if kind in {"Cf", "Cc", "Cs", "Cn"}:
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return {"Z": " ", "P": "!", "S": "$"}.get(kind[0], character)


def _long_vowel(found: re.Match[str]) -> str:
    before = found[1]
    return before + next((row[0] for row in _VOWELS if before in row), "ー")
