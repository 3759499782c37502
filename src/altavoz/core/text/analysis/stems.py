"""Stems of words: Snowball by language, and prefixes that cost little to take off."""

import re
from functools import cache
from threading import local
from typing import cast

import Stemmer

from altavoz.core.languages import likely_script

# Galician has no algorithm of its own and fares well with the Portuguese one; Ukrainian fares best with none.
_NAMES = (
    "ar arabic, hy armenian, eu basque, ca catalan, cs czech, da danish, nl dutch, en english, eo esperanto, "
    "et estonian, fi finnish, fr french, de german, el greek, hi hindi, hu hungarian, id indonesian, ms indonesian, "
    "ga irish, it italian, lt lithuanian, ne nepali, nb norwegian, fa persian, pl polish, pt portuguese, "
    "gl portuguese, ro romanian, ru russian, sr serbian, hr serbian, bs serbian, es spanish, ast spanish, "
    "sv swedish, ta tamil, tr turkish, yi yiddish"
)
_ALGORITHMS = dict(pair.split() for pair in _NAMES.split(", "))
# Accents that people leave out and the algorithm needs; plurals that it takes for other words.
_ENDINGS = {
    "es": ((re.compile("cion$"), "ción"), (re.compile("sion$"), "sión")),
    "gl": ((re.compile("ci[oó]n$"), "ção"), (re.compile("ci[oó]ns$"), "ções")),
    "pt": (
        (re.compile("(?:c[aã]o|[cç][oõ]es)$"), "ção"),
        (re.compile("(?:sao|s[oõ]es)$"), "são"),
        (re.compile("ões$"), "ão"),
    ),
}
_ARTICLE = re.compile(r"^[وف]?(?:ال|بال|كال|لل)(?=\w{3})|^و(?=\w{4})")
_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:에서는|으로|에서|에게|까지|부터|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)
_LONGEST_STEMMED = 40
_mine = local()


def stems(word: str, language: str) -> tuple[str, ...]:
    """Return what `word` (in small letters, not yet folded) has in common with its other forms."""
    if len(word) > _LONGEST_STEMMED or word.isdigit():
        return ()
    if word.isascii() and not _is_latin(language):
        language = "en"
    if language in {"ar", "ko"}:
        bare = (_ARTICLE if language == "ar" else _PARTICLE).sub("", word)
        return (bare, _snowball(bare, language), _snowball(word, language))
    for pattern, ending in _ENDINGS.get(language, ()):
        word = pattern.sub(ending, word)
    return (_snowball(word, language),)


def _snowball(word: str, language: str) -> str:
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return word
    stemmers: dict[str, Stemmer.Stemmer] = _mine.__dict__  # a stemmer must not be shared by threads
    if algorithm not in stemmers:
        stemmers[algorithm] = Stemmer.Stemmer(algorithm, 0)
    return cast("str", stemmers[algorithm].stemWord(word))


@cache
def _is_latin(language: str) -> bool:
    return likely_script(language) in {"Latn", ""}
