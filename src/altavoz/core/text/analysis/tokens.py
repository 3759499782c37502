"""What analysis yields: terms with their place and the way they came about."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How a term came about."""

    WORD = "word"  #: the word as written, folded
    STEM = "stem"  #: what it has in common with its other forms
    JOINED = "joined"  #: a compound written together; `span` says how many positions it covers
    GRAM = "gram"  #: two characters of a script without spaces
    TAIL = "tail"  #: the last character of such a run: with prefix search it finds single characters


class Token(NamedTuple):
    """A term at a position, counted from 1."""

    term: str
    position: int
    kind: Kind
    span: int = 1
