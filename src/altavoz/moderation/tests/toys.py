"""A kind of subject made for these tests: the engine must work on things it has never heard of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from altavoz.core.subjects import Description

LABEL = "tests.toy"


class Toys:
    """Works that exist in memory, each with revisions and owners."""

    label = LABEL

    def __init__(self) -> None:
        self.works: dict[int, dict[int, Description]] = {}
        self.owners: dict[int, frozenset[int]] = {}

    def add(self, pk: int = 1, *owners: int, revision: int = 1, **fields: Any) -> str:
        """Make a revision of a work and return its subject."""
        subject = f"{LABEL}:{pk}"
        plain = Description(
            subject=subject, revision=revision, title="Aprende bucles", summary="Un vídeo corto sobre bucles.",
            language="es", spoken_language="es", kind="video", url=f"https://example.org/{pk}",
            page=f"works/{pk}-aprende-bucles/", creator="showcase.creator:7", creator_name="Ana",
        )  # fmt: skip
        self.works.setdefault(pk, {})[revision] = replace(plain, **fields)
        self.owners[pk] = self.owners.get(pk, frozenset()) | frozenset(owners)
        return subject

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, Description]:
        """Return what was asked for, where it exists."""
        found = {
            pk: self.works[pk].get(number or max(self.works[pk]))
            for pk, number in revisions.items()
            if pk in self.works
        }
        return {pk: work for pk, work in found.items() if work is not None}

    def parties(self, pk: int) -> frozenset[int]:
        """Return the owners."""
        return self.owners.get(pk, frozenset())
