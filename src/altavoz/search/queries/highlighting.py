"""Where in a text the words of a question stand: found by the same analysis as the works themselves."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

import regex

from altavoz.core import text as texts
from altavoz.core.text import Kind
from altavoz.search.asking import reading
from altavoz.search.asking.spelling import in_latin
from altavoz.search.documents import Query

Spans = tuple[tuple[int, int], ...]

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー々〆〇\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# Runs of scripts without spaces, and words with the signs that tie their parts together.
_PIECE = regex.compile(
    rf"(?V1)(?P<run>[{_UNSPACED}][{_UNSPACED}\p{{M}}]*)"
    rf"|(?<!\w)[A-Za-z]{{1,2}}(?:\+\+|\#)(?!\w)"
    rf"|[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]][[\p{{L}}\p{{M}}\p{{N}}\u200c\u200d\u0640]--[{_UNSPACED}]]*"
)
_LONGEST = 20_000  # characters that are looked at
_SHORTEST_PREFIX = 4


def highlights(text: str, *, language: str, asked: str) -> Spans:
    """Return where words of the question `asked` stand in `text`, which is in `language`.

    Spans are (start, end) in code points of `text`, sorted, apart from each other, and never cut a grapheme. In any
    form that finds a work a word is found here: with or without accents, in another form, in Latin letters, begun.
    """
    wanted = _wanted(asked, language)
    if not any(wanted) or not text:
        return ()
    borders = _borders(text[:_LONGEST])
    found = [
        (borders[start][0], borders[end - 1][1])
        for start, end in _matches(text[:_LONGEST], language, *wanted)
    ]
    return _merged(sorted(found))


@lru_cache(maxsize=512)
def _wanted(asked: str, language: str) -> tuple[frozenset[str], tuple[str, ...], str]:
    """Return the terms of the words asked for, the runs of characters, and what the last word begins with."""
    query = Query(text=asked, languages=(language,))
    parts = reading.meant(query)
    tags = {tag for part in parts for tag in reading.languages_of(query, part.words)} | {language}
    tokens = [token for part in parts for tag in tags for token in texts.analyse(part.words, tag)]
    latin = {way for part in parts for way in in_latin(part.words, [texts.analyse(part.words, language)])}
    terms = {token.term for token in tokens if token.kind not in {Kind.GRAM, Kind.TAIL}} | latin
    pieces = (piece for part in parts for piece in _PIECE.finditer(_folded_run(part.words)))
    runs = {piece.group() for piece in pieces if piece["run"]}
    last = _folded(parts[-1].words, language) if parts and not parts[-1].is_phrase else ""
    return frozenset(terms), tuple(sorted(runs)), last if len(last) >= _SHORTEST_PREFIX else ""


def _matches(
    text: str, language: str, terms: frozenset[str], runs: Sequence[str], prefix: str
) -> Iterator[tuple[int, int]]:
    for piece in _PIECE.finditer(text):
        if piece["run"]:
            yield from _in_run(piece.group(), piece.start(), runs)
        elif _is_meant(piece.group(), language, terms, prefix):
            yield piece.span()


@lru_cache(maxsize=16_384)
def _is_meant(word: str, language: str, terms: frozenset[str], prefix: str) -> bool:
    found = {token.term for tag in (language, "und") for token in texts.analyse(word, tag)}
    latin = in_latin(word, [texts.analyse(word, language)])
    return bool(terms & (found | latin)) or bool(prefix and any(term.startswith(prefix) for term in found))


def _in_run(run: str, start: int, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where the characters asked for stand together in a run; folding keeps one place for each."""
    folded = "".join(_folded_run(sign)[:1] or sign for sign in run)
    for one in wanted:
        at = folded.find(one) if one else -1
        while at >= 0:
            yield start + at, start + at + len(one)
            at = folded.find(one, at + len(one))


def _folded_run(run: str) -> str:
    return texts.analysis.small(run, "")


def _folded(word: str, language: str) -> str:
    return next((token.term for token in texts.analyse(word, language) if token.kind is Kind.WORD), "")


def _borders(text: str) -> list[tuple[int, int]]:
    """Return for each code point where its grapheme begins and ends."""
    parts = texts.graphemes(text)
    ends = accumulate(map(len, parts))
    return [(end - len(part), end) for part, end in zip(parts, ends, strict=True) for _sign in part]


def _merged(found: Sequence[tuple[int, int]]) -> Spans:
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)
