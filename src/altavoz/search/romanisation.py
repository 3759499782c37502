"""Names of other scripts in Latin letters, where that takes a table and no guessing.

Cyrillic, Greek and kana have one way to be written. Arabic does not write its vowels: of its names only the
consonants are compared. Han has many readings.
"""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюяђјљњћџѓќ"
_CYRILLIC_SOUNDS = (
    "a b v g g d e e ie zh z i i i i k l m n o p r s t u u f kh ts ch sh shch _ y _ e iu ia "
    "dj j lj nj c dz gj kj"
)
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψω"
_GREEK_SOUNDS = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_KANA_ROWS = {
    "あいうえお": "a i u e o",
    "かきくけこ": "ka ki ku ke ko",
    "さしすせそ": "sa shi su se so",
    "たちつてと": "ta chi tsu te to",
    "なにぬねの": "na ni nu ne no",
    "はひふへほ": "ha hi fu he ho",
    "まみむめも": "ma mi mu me mo",
    "やゆよわん": "ya yu yo wa n",
    "らりるれろ": "ra ri ru re ro",
    "がぎぐげご": "ga gi gu ge go",
    "ざじずぜぞ": "za ji zu ze zo",
    "だぢづでど": "da ji zu de do",
    "ばびぶべぼ": "ba bi bu be bo",
    "ぱぴぷぺぽ": "pa pi pu pe po",
    "ゔをー": "vu o _",
    "ぁぃぅぇぉ": "a i u e o",
}
_KANA = {
    kana: latin for row, sounds in _KANA_ROWS.items() for kana, latin in zip(row, sounds.split(), strict=True)
}
_GLIDES = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F5)}
_SOUNDS = f"{_CYRILLIC_SOUNDS} {_GREEK_SOUNDS}".split()
_TABLE = {letter: sound.strip("_") for letter, sound in zip(_CYRILLIC + _GREEK, _SOUNDS, strict=True)}


@lru_cache(maxsize=8192)
def romanise(word: str) -> str:
    """Return `word` in Latin letters; "" if it is Latin already or cannot be told."""
    small = unicodedata.normalize("NFC", word.casefold())
    hiragana = small.translate(_TO_HIRAGANA)
    latin = _kana(hiragana) if any(sign in _KANA for sign in hiragana) else "".join(map(_letter, small))
    return latin if latin.isascii() and latin.isalpha() and latin != small else ""


def _letter(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0]
    return _TABLE.get(letter, _TABLE.get(bare, letter))


def _kana(word: str) -> str:
    latin = ""
    doubled = False
    for sign in word:
        if sign == "っ":
            doubled = True
            continue
        if sign in _GLIDES:
            latin = _glide(latin, _GLIDES[sign])
            continue
        sound = _KANA.get(sign, sign).strip("_")
        latin += sound[:1] * doubled + sound
        doubled = False
    return latin


def _glide(latin: str, glide: str) -> str:
    """Return "kyo" for "ki" and a small "yo"; "sho", "cho", "jo" swallow the y."""
    stem = latin.removesuffix("i")
    return stem + (glide[1:] if stem.endswith(("sh", "ch", "j")) else glide)


_ARABIC = "بتثجحخدذرزسشصضطظعغفقكلمنهيوپچگڤ"
_ARABIC_SOUNDS = "b t th j h kh d dh r z s sh s d t z _ gh f k k l m n h y w p ch g v"
_CONSONANTS = {
    letter: sound.strip("_") for letter, sound in zip(_ARABIC, _ARABIC_SOUNDS.split(), strict=True)
}
# What different people write for one consonant, and what comes and goes with the vowels.
_ALIKE = (("dj", "j"), ("ch", "sh"), ("q", "k"), ("c", "k"), ("p", "b"), ("v", "f"), ("g", "j"), ("ou", ""))
_VOWELS = re.compile(r"[aeiouwy]|(?<=.)h(?=$)")
_DOUBLED = re.compile(r"(.)\1+")
_FEWEST = 3


@lru_cache(maxsize=8192)
def consonants(word: str) -> str:
    """Return the consonants of a name, written in Arabic or Latin letters, behind a tilde; "" if there are too few.

    No word of a text begins with a tilde. "Ahmed", "Ahmad" and "أحمد" have the same; so has "Hamid", which is the
    price.
    """
    small = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(sign for sign in small if not unicodedata.combining(sign))
    if any(sign in _CONSONANTS for sign in bare):
        latin = "".join(_CONSONANTS.get(sign, "") for sign in bare.removeprefix("ال").removesuffix("ة"))
    else:
        latin = bare if bare.isascii() and bare.isalpha() else ""
    for theirs, ours in _ALIKE:
        latin = latin.replace(theirs, ours)
    found = _DOUBLED.sub(r"\1", _VOWELS.sub("", latin))
    return f"~{found}" if len(found) >= _FEWEST else ""
