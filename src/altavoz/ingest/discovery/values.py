"""What an address turned out to be, or why nothing was found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from altavoz.core.fetch import Failure, Request, Response
from altavoz.ingest.states import SourceKind

#: So many of the newest works are shown before anything is saved.
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A work as it is shown before the source is saved."""

    title: str
    url: str
    published_at: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Something else the address could mean; discover its `address` to choose it."""

    kind: SourceKind
    title: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is at an address; nothing of it is saved yet."""

    kind: SourceKind
    address: str  # what people open
    feed_url: str  # what would be fetched from now on
    title: str
    summary: str = ""
    author: str = ""
    image_url: str = ""
    language: str = "und"
    confidence: float = 0.0
    declared_language: str = ""
    items: tuple[Preview, ...] = ()
    total: int = 0
    alternatives: tuple[Alternative, ...] = ()
    podcast_guid: str = ""
    verifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing that could be followed is at the address; `reason` says why and what to do, in words."""

    code: str
    address: str
    reason: Promise | str


Answer = Response | Failure


@dataclass(frozen=True, slots=True)
class Ask:
    """What has to be fetched before more can be said; `then` takes the answers in the same order."""

    requests: tuple[Request, ...]
    then: Callable[[Sequence[Answer]], "Step"] = field(repr=False)


Step = Ask | Found | NotFound
