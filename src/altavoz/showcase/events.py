"""What happens to publications and creators, for the rooms above and the caches."""

from dataclasses import dataclass
from typing import ClassVar

from altavoz.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PublicationPublished(Fact):
    """A revision became visible, or replaced the visible one."""

    name: ClassVar[str] = "showcase.publication_published"
    revision: int
    basis: str
    creators: tuple[str, ...]
    language: str


@dataclass(frozen=True, kw_only=True)
class PublicationHidden(Fact):
    """A publication is no longer visible anywhere."""

    name: ClassVar[str] = "showcase.publication_hidden"
    reason: str
    creators: tuple[str, ...]
    language: str


@dataclass(frozen=True, kw_only=True)
class TranslationChanged(Fact):
    """A translation of what is said about a `work` became visible, is visible no more, or lost its author's name."""

    name: ClassVar[str] = "showcase.translation_changed"
    work: str
    language: str
    shown: bool


@dataclass(frozen=True, kw_only=True)
class CreatorChanged(Fact):
    """A creator's page looks different now: claimed, renamed, profile edited."""

    name: ClassVar[str] = "showcase.creator_changed"


@dataclass(frozen=True, kw_only=True)
class CatalogueVisibilityChanged(Fact):
    """Many works of a catalogue became visible or hidden at once (adopted, or the adoption was revoked)."""

    name: ClassVar[str] = "showcase.catalogue_visibility_changed"
    language: str
    count: int
