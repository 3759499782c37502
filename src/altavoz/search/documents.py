"""What goes into the index and what comes out: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Document:
    """Everything search knows of one subject; `language` is the spoken one."""

    subject: str
    kind: str
    language: str
    metadata_language: str
    title: str
    creator_names: tuple[str, ...] = ()
    summary: str = ""
    topics: tuple[str, ...] = ()
    level: str = ""
    duration_s: int | None = None
    captions: bool = False
    published_at: datetime | None = None
    creators: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a visitor asks for. Values of one facet are alternatives; facets narrow each other.

    Without `languages`, `reads` says which languages to show; those nobody could tell are always shown.
    """

    text: str = ""
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    lengths: tuple[str, ...] = ()
    captions: bool | None = None
    creator: str = ""
    sort: Literal["newest", "relevant", "fair"] = "newest"
    cursor: str = ""
    limit: int = 24
    reads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A subject found; `rank` is 0 where the order is by date."""

    subject: str
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; where not `exact`, at least so many ("1,000+")."""

    value: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that works have, and how many of those that the other filters leave."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of hits; `hidden` counts what only the choice of languages keeps out.

    Where all words together find little, the last `loose` hits have only some of the words or similar ones. Then
    `suggestion` is the question as it may have been meant; "" if nothing better is known. Where the total is not
    exact, the counts of facets are estimates.
    """

    hits: tuple[Hit, ...] = ()
    cursor: str | None = None
    total: Count = Count(0)
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    hidden: int = 0
    loose: int = 0
    suggestion: str = ""


class BadCursor(ValueError):  # noqa: N818 -- it is the cursor that is bad
    """The cursor is not one that we gave for this order."""
