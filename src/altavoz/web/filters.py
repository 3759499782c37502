"""How a list of works is narrowed: read from an address, written back into addresses, asked of the index."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from altavoz.core import languages
from altavoz.core.text import clean_text
from altavoz.search.documents import Query

Order: TypeAlias = Literal["newest", "relevant", "fair"]

#: Facets whose parameter is named like them and may be given many times.
MANY = ("language", "kind", "topic", "level", "length", "year")
#: Everything that names a list; `cursor` only says where in it we are.
NAMES = ("q", *MANY, "captions", "creator", "sort", "all")
SORTS: tuple[Order, ...] = ("newest", "relevant", "fair")
_LONGEST = 200
_MOST = 20


@dataclass(frozen=True)
class Filters:
    """What was asked for, cleaned; equal filters have one address."""

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    captions: bool = False
    creator: str = ""
    sort: str = ""
    everything: bool = False  # also what is in languages the reader does not read

    @property
    def order(self) -> Order:
        """Return the order asked for, or the one that suits the question."""
        asked: Order = "relevant" if self.text else "newest"
        return next((sort for sort in SORTS if sort == self.sort), asked)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters that name this list, always in the same order."""
        flags = (("captions", self.captions), ("all", self.everything))
        return (
            *((("q", self.text),) if self.text else ()),
            *((name, value) for name in MANY for value in self.chosen.get(name, ())),
            *((name, "1") for name, given in flags if given),
            *((name, value) for name, value in (("creator", self.creator), ("sort", self.sort)) if value),
        )

    @property
    def query(self) -> str:
        """Return the part of an address after its path, with the question mark; empty without filters."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters that stay when other words are searched for."""
        return tuple(pair for pair in self.pairs if pair[0] != "q")

    def toggled(self, name: str, value: str) -> "Filters":
        """Return the filters with an answer added, or taken away if it was there."""
        present = self.chosen.get(name, ())
        values = tuple(one for one in present if one != value) if value in present else (*present, value)
        return replace(self, chosen={**self.chosen, name: values})

    def toggles(self, name: str, values: Iterable[str]) -> list[str]:
        """Return `toggled(name, value).query` of each value; what they have in common is written once."""
        present = self.chosen.get(name, ())
        mark = "\0"  # `read` lets no value contain it
        before, _, after = self.toggled(name, mark).query.partition(quote_plus(mark))
        return [
            self.toggled(name, value).query if value in present else before + quote_plus(value) + after
            for value in values
        ]

    def has(self, name: str, value: str) -> bool:
        """Return whether an answer is chosen."""
        return value in self.chosen.get(name, ())

    def asked(self, *, cursor: str = "", reads: tuple[str, ...] = (), limit: int = 24) -> Query:
        """Return what to ask the index."""
        return Query(
            text=self.text,
            languages=self.chosen.get("language", ()),
            kinds=self.chosen.get("kind", ()),
            topics=self.chosen.get("topic", ()),
            levels=self.chosen.get("level", ()),
            lengths=self.chosen.get("length", ()),
            years=tuple(int(year) for year in self.chosen.get("year", ())),
            captions=True if self.captions else None,
            creator=self.creator,
            sort=self.order,
            cursor=cursor,
            limit=limit,
            reads=() if self.everything else reads,
        )


def read(given: QueryDict) -> Filters:
    """Return the filters of an address; what makes no sense is left out."""
    return Filters(
        text=clean_text(given.get("q", ""))[:_LONGEST],
        chosen={name: values for name in MANY if (values := _values(given, name))},
        captions=given.get("captions") == "1",
        creator=given.get("creator", "")[:_LONGEST],
        sort=given.get("sort", "") if given.get("sort") in SORTS else "",
        everything=given.get("all") == "1",
    )


def _values(given: QueryDict, name: str) -> tuple[str, ...]:
    """Return the answers given to one facet, each once."""
    values = (clean_text(value)[:_LONGEST] for value in given.getlist(name)[:_MOST])
    if name == "language":
        values = (languages.normalise(value) for value in values if value)
    if name == "year":
        values = (
            value for value in values if len(value) == len("2026") and value.isascii() and value.isdigit()
        )
    return tuple(dict.fromkeys(value for value in values if value))
