"""What changed between two revisions, word by word; knows no database."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Final

from altavoz.core.subjects import Description

#: Beyond so many differing words only the whole passage is shown as replaced: matching grows with the square.
MOST_WORDS: Final = 2_000
#: Words; scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) by character.
_TOKENS: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|"
    r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|"
    r"\s+|.",
    re.DOTALL,
)


class Op(StrEnum):
    """What became of a passage."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A passage and what became of it."""

    op: Op
    text: str


@dataclass(frozen=True)
class FieldDiff:
    """How one field of a work changed."""

    field: str
    pieces: tuple[Piece, ...]


def words(old: str, new: str) -> tuple[Piece, ...]:
    """Return the passages of both texts in reading order; joining SAME and ADDED gives the new text."""
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    middle = _pieces(a[head : len(a) - tail], b[head : len(b) - tail])
    ends = Piece(Op.SAME, "".join(a[:head])), Piece(Op.SAME, "".join(a[len(a) - tail :]))
    return _joined((ends[0], *middle, ends[1]))


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b))
    )


def _pieces(a: Sequence[str], b: Sequence[str]) -> Iterator[Piece]:
    if max(len(a), len(b)) > MOST_WORDS:
        yield from (Piece(Op.REMOVED, "".join(a)), Piece(Op.ADDED, "".join(b)))
        return
    for op, a1, a2, b1, b2 in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if op == "equal":
            yield Piece(Op.SAME, "".join(a[a1:a2]))
        else:
            yield Piece(Op.REMOVED, "".join(a[a1:a2]))
            yield Piece(Op.ADDED, "".join(b[b1:b2]))


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    kept = [piece for piece in pieces if piece.text]
    return tuple(
        Piece(op, "".join(piece.text for piece in run))
        for op, run in groupby(kept, key=lambda piece: piece.op)
    )


def _shown(description: Description) -> dict[str, str]:
    minutes = (
        ""
        if description.duration_s is None
        else f"{description.duration_s // 60}:{description.duration_s % 60:02}"
    )
    return {
        "title": description.title,
        "summary": description.summary,
        "url": description.url,
        "spoken_language": description.spoken_language,
        "language": description.language,
        "kind": description.kind,
        "duration": minutes,
        "topics": ", ".join(description.topics),
        "image": description.image,
    }


def fields(old: Description, new: Description) -> tuple[FieldDiff, ...]:
    """Return the fields that differ, in the order of the page."""
    before, after = _shown(old), _shown(new)
    return tuple(
        FieldDiff(name, words(before[name], after[name])) for name in before if before[name] != after[name]
    )
