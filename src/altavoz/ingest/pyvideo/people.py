"""Who spoke, out of a list that many hands wrote."""

import re
from collections.abc import Callable

from altavoz.core import text as words
from altavoz.ingest.parsing.values import Json

_NOBODY = re.compile(
    r"(?i)(?:various|multiple|several|unknown|anonymous)(?: (?:speakers?|contributors?|singers?|people|authors?))?"
    r"|tb[ad]|n/?a|speakers?|(?:\w+ )?lightning talks?|[-–—?.\s]*"
)
_JOINED = re.compile(r"\s+(?:&|\+|and|y|et|und)\s+|\s*;\s*")
#: What follows a comma in one person's name.
_TITLES = frozenset(("jr", "jr.", "sr", "sr.", "phd", "ph.d.", "md", "msc", "ii", "iii"))
_DOTS = re.compile(r"\s*(?:\.{2,}|…)\s*")
_MAX = 30


def speakers(told: Json, note: Callable[[str, str], None]) -> tuple[str, ...]:
    """Return the people named, each once; `note` is told what was repaired."""
    if not isinstance(told, list):
        return ()
    found: list[str] = []
    for each in told:
        found += _people(each, note)
    return tuple(dict.fromkeys(found))[:_MAX]


def _people(told: Json, note: Callable[[str, str], None]) -> list[str]:
    if not isinstance(told, str):
        note("field_type", "speakers")
        return []
    name = words.clean_text(words.decode_entities(told))
    if not name:
        note("speakers_empty", "")
        return []
    if _NOBODY.fullmatch(name):
        note("speakers_nobody", name)
        return []
    people = [part for piece in _JOINED.split(_DOTS.sub(" ", name)) for part in _by_comma(piece) if part]
    if len(people) > 1:
        note("speakers_joined", name)
    return [person[:200] for person in people]


def _by_comma(name: str) -> list[str]:
    """Split at commas where each side is a whole name: "Chu, Hua-Rong" is one person, and so is "(Jia-Kuan, Su)"."""
    parts = [part.strip() for part in name.split(",")]
    whole = all(" " in part for part in parts) and "(" not in name
    titled = any(part.casefold() in _TITLES for part in parts[1:])
    return parts if whole and not titled else [name.strip()]
