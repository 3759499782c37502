"""Facts that this room records."""

from dataclasses import dataclass
from typing import ClassVar

from altavoz.core.events import Fact

#: So many entries stand in one fact at most, so that a handler's transaction stays short.
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class EntriesStored(Fact):
    """Entries of a source are new, or no longer what they were."""

    name: ClassVar[str] = "ingest.entries_stored"
    source_id: int
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EntriesGone(Fact):
    """Entries of a source are no longer there; those of a catalogue are deleted, not even their names remain."""

    name: ClassVar[str] = "ingest.entries_gone"
    source_id: int
    entry_ids: tuple[int, ...]
    reason: str


@dataclass(frozen=True, kw_only=True)
class SourceProved(Fact):
    """An account showed that the source is theirs."""

    name: ClassVar[str] = "ingest.source_proved"
    source_id: int
    owner: str
    account_id: int
    method: str


@dataclass(frozen=True, kw_only=True)
class SourceProofLost(Fact):
    """A proof could not be found again three times in a row, or was taken back.

    `others` tells that the account still has another valid proof for the same owner.
    """

    name: ClassVar[str] = "ingest.source_proof_lost"
    source_id: int
    owner: str
    account_id: int
    method: str
    others: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceHealthChanged(Fact):
    """A source is better or worse than at the visit before."""

    name: ClassVar[str] = "ingest.source_health_changed"
    source_id: int
    owner: str
    old: str
    new: str
