"""Text that fits a network, in every script: title, credit, link and hashtags in the network's own unit (pure)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import regex

from altavoz.core.languages import direction
from altavoz.core.text import clean_text, graphemes, isolate, shorten

#: Counts a text in a network's own unit.
Count = Callable[[str], int]

_LRI, _PDI, _RLM = "\u2066", "\u2069", "\u200f"
_WORD_BREAK = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_CASED = regex.compile(r"\p{Lu}|\p{Ll}")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
#: A title cut shorter than this says nothing: the credit goes first.
_SHORTEST_TITLE = 20
_LONGEST_NAME = 60


class DoesNotFitError(ValueError):
    """Not even the link fits the network's limit."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """What is to be said about a work: `language` is that of its title, `spoken_language` that of the work itself."""

    title: str
    link: str
    language: str
    spoken_language: str = ""
    credit: str = ""
    handle: str = ""
    topics: tuple[str, ...] = ()


def fit(item: Item, *, count: Count, limit: int) -> str:
    """Return the text for a network: all of it, or else without hashtags, cut titles, or credit, in that order.

    The link is always whole, and no cut is inside what a reader sees as one character. Raises DoesNotFitError.
    """
    tags = tuple(filter(None, map(hashtag, item.topics)))
    for kept in range(len(tags), -1, -1):
        text = _lay(item, title=_harmless(item.title), tags=tags[:kept])
        if count(text) <= limit:
            return text
    for credited, shortest in ((True, _SHORTEST_TITLE), (False, 1)):
        if text := _with_cut_title(item, count, limit, credited=credited, shortest=shortest):
            return text
    return _only_link(item, count, limit)


def _with_cut_title(item: Item, count: Count, limit: int, *, credited: bool, shortest: int) -> str:
    """Return the text with as much of the title as fits, or "" where that is less than `shortest` graphemes."""
    title = _harmless(item.title)
    low, high = shortest - 1, len(graphemes(title))
    while low < high:
        middle = (low + high + 1) // 2
        fits = count(_lay(item, title=shorten(title, middle), credited=credited)) <= limit
        low, high = (middle, high) if fits else (low, middle - 1)
    return _lay(item, title=shorten(title, low), credited=credited) if low >= shortest else ""


def _only_link(item: Item, count: Count, limit: int) -> str:
    if count(item.link) > limit:
        raise DoesNotFitError(item.link)
    return item.link


# Layout


def _lay(item: Item, *, title: str, tags: tuple[str, ...] = (), credited: bool = True) -> str:
    rtl = direction(item.language) == "rtl"
    head = [title, _credit(item, rtl=rtl) if credited else ""]
    blocks = [
        "\n".join(_line(line, rtl=rtl) for line in head if line),
        _apart(item.link, rtl=rtl),
        _line(" ".join(_apart(tag, rtl=rtl) for tag in tags), rtl=rtl),
    ]
    return "\n\n".join(filter(None, blocks))


def _credit(item: Item, *, rtl: bool) -> str:
    name = shorten(_harmless(item.credit), _LONGEST_NAME)
    parts = [isolate(name) if _turned(name, rtl=rtl) else name, _apart(item.handle, rtl=rtl)]
    said = " ".join(filter(None, parts))
    return f"— {said}" if said else ""


def _line(text: str, *, rtl: bool) -> str:
    """Begin a right-to-left line as one, though its first word may be Latin: networks go by the first letter."""
    return f"{_RLM}{text}" if rtl and text else text


def _apart(text: str, *, rtl: bool) -> str:
    """Isolate a left-to-right piece in right-to-left text, so that it does not turn its surroundings around."""
    return f"{_LRI}{text}{_PDI}" if rtl and text and _turned(text, rtl=True) else text


_STRONG = regex.compile(r"\p{L}")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Syriac}\p{Thaana}\p{Nko}\p{Adlam}]")


def _turned(text: str, *, rtl: bool) -> bool:
    """Tell whether the text runs against its surroundings, going by its first letter."""
    first = _STRONG.search(text)
    return first is not None and (_RIGHT_TO_LEFT.match(first[0]) is None) == rtl


# Pieces


def _harmless(text: str) -> str:
    """Return the text on one line, without control characters, mentions or addresses of its own.

    "@property" in a title would call a person of that name, and an address in it would compete with our link:
    a word joiner after the "@" and a missing scheme leave both readable and dead.
    """
    return _SCHEME.sub("", clean_text(text)).replace("@", "@\u2060")


def hashtag(topic: str) -> str:
    """Return the topic as a hashtag in its script's habit, or "" where nothing is left of it.

    Scripts with capitals use them (#MachineLearning), Chinese and Japanese join, others use underscores.
    """
    words = [word for word in _WORD_BREAK.split(topic) if word]
    tag = _joined(words)
    return f"#{tag}" if tag and not tag.isdecimal() else ""


def _joined(words: Iterable[str]) -> str:
    together = "".join(words)
    if _CASED.search(together):
        return "".join(word[0].upper() + word[1:] for word in words)
    return together if _CJK.search(together) else "_".join(words)
