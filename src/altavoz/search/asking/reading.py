"""What people type, taken apart: phrases, words, and the languages these may be in."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from altavoz.core import languages, text
from altavoz.search.documents import Query
from altavoz.search.vocabulary import folded

_LONGEST = 200
_MOST_WORDS = 12
_MOST_LANGUAGES = 6

_PARTS = re.compile(r'["“”„«»「」『』]([^"“”„«»「」『』]*)(?:["“”„«»「」『』]|$)|([^\s"“”„«»「」『』]+)')
# Whose rules to follow where the visitor names no language.
_LIKELY = {
    "Latn": "es en pt fr de it tr sv",
    "Cyrl": "ru uk",
    "Arab": "ar fa ur",
    "Deva": "hi ne",
    "Hebr": "he",
    "Grek": "el",
    "Kore": "ko",
    "Taml": "ta",
    "Armn": "hy",
}
#: Words that say nothing on their own; dropped from a question as long as others remain.
EMPTY = frozenset(
    (  # noqa: SIM905 -- a paragraph is easier to read
        "a à al an and ao aos are as às at au aux av avec com comment como con cómo da dans das de del dem den der des "
        "di die do dos du e el em en et for from für how i il in is ile is la las le les lo los mit na nas no nos o of "
        "on os para pela pelo per por pour qué que sobre sur the to um uma un una und une ve von what with y zu zur "
        "и в во на с со к о об от из за для по как что في من على و عن إلى مع هي هو ما"
    ).split()
)


class Part(NamedTuple):
    """Words between quotation marks, or one word."""

    is_phrase: bool
    words: str


def meant(query: Query) -> list[Part]:
    """Return the phrases and words that say something; if none does, those that are there."""
    found = parts(query.text)
    return [part for part in found if part.is_phrase or part.words.casefold() not in EMPTY] or found


def parts(given: str) -> list[Part]:
    """Return the phrases and words of what was typed."""
    clean = text.clean_text(given[: _LONGEST * 4])[:_LONGEST]
    found = [Part(phrase is not None, phrase or word or "") for phrase, word in _groups(clean)]
    return [part for part in found if text.analyse(part.words, "und")][:_MOST_WORDS]


def _groups(clean: str) -> Iterable[Sequence[str | None]]:
    return (found.groups() for found in _PARTS.finditer(clean))


def languages_of(query: Query, word: str) -> list[str]:
    """Return whose rules to apply to `word`: those asked for, else those it may be in."""
    asked = [languages.base(tag) for tag in query.languages or query.reads]
    script = languages.script(word)
    fitting = [tag for tag in asked if script in {languages.likely_script(tag), languages.scripts.COMMON}]
    if query.languages and fitting:
        return fitting[:_MOST_LANGUAGES]
    if "ñ" in word.casefold():
        return ["es"]  # it is a letter there, and elsewhere an n that would find too much
    return list(dict.fromkeys([*fitting[:_MOST_LANGUAGES], *_LIKELY.get(script, "und").split()]))


def readings(query: Query, word: str) -> set[str]:
    """Return `word` as one folded term, however it is read; none where it is several."""
    return {folded(word, tag) for tag in languages_of(query, word)} - {""}
