"""Subjects: how engines name what they work on without knowing the room it lives in.

A subject is text, `<app>.<model>:<primary key>`, such as `showcase.publication:42`. The room that owns the
model registers a `Kind`, which tells engines what a subject looks like and whose it is.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Protocol, runtime_checkable

_FORM = re.compile(r"([a-z_]+\.[a-z_]+):([1-9][0-9]{0,18})")


class BadSubjectError(ValueError):
    """The text does not name a subject, or nobody registered its kind."""


@dataclass(frozen=True, kw_only=True)
class Description:
    """What an engine may know and show of a subject at one revision."""

    subject: str
    revision: int
    title: str
    summary: str
    language: str  # BCP 47, of title and summary
    spoken_language: str  # BCP 47, of the work itself
    kind: str  # video, article, podcast, talk, course, live, …
    url: str  # its canonical address outside
    page: str  # its path here, below /<interface language>/
    creator: str = ""  # a subject
    creator_name: str = ""
    creator_handles: Mapping[str, str] = field(default_factory=dict)  # network → handle
    topics: tuple[str, ...] = ()
    image: str = ""
    published_at: datetime | None = None
    duration_s: int | None = None
    origin: str = ""  # the name of the catalogue it came from
    again: str = ""  # what its authors can do to have it looked at again, in the language of the moment


class Kind(Protocol):
    """What the room that owns a kind of subject answers about it."""

    label: str

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, Description]:
        """Return descriptions by primary key; None asks for the newest revision. Missing ones are left out."""

    def parties(self, pk: int) -> frozenset[int]:
        """Return the ids of the accounts whose work this is: author and co-owners."""


@runtime_checkable
class Authored(Kind, Protocol):
    """A kind of which not every party is an author, as a translation is about a work by somebody else."""

    def authors(self, pk: int) -> frozenset[int]:
        """Return the ids of the accounts that made it: they are told what was decided."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of subject known; a second registration of the same label replaces the first."""
    _kinds[kind.label] = kind


def subject_of(label: str, pk: int) -> str:
    """Return the text that names a subject."""
    return f"{label}:{pk}"


def parse(subject: str) -> tuple[str, int]:
    """Return (label, primary key); raise BadSubjectError for anything else."""
    match = _FORM.fullmatch(subject)
    if match is None:
        raise BadSubjectError(subject)
    return match[1], int(match[2])


def key_of(subject: str) -> int:
    """Return the primary key a subject names."""
    return parse(subject)[1]


def kind_of(label: str) -> Kind:
    """Return the registered kind; raise BadSubjectError for one that nobody registered."""
    try:
        return _kinds[label]
    except KeyError:
        raise BadSubjectError(label) from None


def describe(subject: str, revision: int | None = None) -> Description | None:
    """Return what a subject looks like at a revision (the newest unless told), or None where it is gone."""
    label, pk = parse(subject)
    return kind_of(label).describe({pk: revision}).get(pk)


def describe_many(subjects: Collection[str]) -> dict[str, Description]:
    """Return descriptions by subject, one question per kind; those that are gone are left out."""
    found: dict[str, Description] = {}
    for label, group in groupby(sorted(map(parse, set(subjects))), key=lambda pair: pair[0]):
        described = kind_of(label).describe({pk: None for _, pk in group})
        found |= {subject_of(label, pk): description for pk, description in described.items()}
    return found


def parties(subject: str) -> frozenset[int]:
    """Return the ids of the accounts that must not judge a subject because it is theirs or is about theirs."""
    label, pk = parse(subject)
    return kind_of(label).parties(pk)


def authors(subject: str) -> frozenset[int]:
    """Return the ids of the accounts that are told what was decided: the parties, unless its kind says who of them."""
    label, pk = parse(subject)
    kind = kind_of(label)
    return kind.authors(pk) if isinstance(kind, Authored) else kind.parties(pk)
