"""Kinds and states of sources, proofs and subscriptions, and the steps that are allowed between them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

_S = TypeVar("_S", bound=StrEnum)


class SourceKind(StrEnum):
    """What an address is."""

    YOUTUBE_CHANNEL = "youtube_channel"
    YOUTUBE_PLAYLIST = "youtube_playlist"
    FEED = "feed"
    PODCAST = "podcast"
    PEERTUBE = "peertube"
    PAGE = "page"
    CATALOGUE = "catalogue"


class SourceState(StrEnum):
    """Whether we look at a source."""

    LIVING = "living"
    GONE = "gone"
    REMOVED = "removed"


class Health(StrEnum):
    """How the last visits went."""

    NEW = "new"
    WELL = "well"
    TROUBLED = "troubled"
    FAILING = "failing"
    GONE = "gone"


class ProofMethod(StrEnum):
    """How ownership is shown."""

    REL_ME = "rel_me"
    TOKEN = "token"  # noqa: S105 - the name of a method, not a secret
    DNS_TXT = "dns_txt"
    PODCAST_TXT = "podcast_txt"


class ProofState(StrEnum):
    """Where a proof stands."""

    WAITING = "waiting"
    PROVED = "proved"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class SubscriptionState(StrEnum):
    """Where a subscription to a hub stands."""

    ASKED = "asked"
    VERIFIED = "verified"
    REFUSED = "refused"
    ENDED = "ended"


class DiscoveryState(StrEnum):
    """How far looking at a pasted address is."""

    WAITING = "waiting"
    LOOKING = "looking"
    FOUND = "found"
    NOTHING = "nothing"


class ArchiveState(StrEnum):
    """How far reading what a source published before is."""

    READING = "reading"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class GoneReason(StrEnum):
    """Why an entry is no longer there."""

    REMOVED = "removed"
    MISSING = "missing"
    SOURCE_REMOVED = "source_removed"


#: An archive that is being read, or will be.
UNDER_WAY = frozenset((ArchiveState.READING, ArchiveState.WAITING))
SOURCE_STEPS: Mapping[SourceState, frozenset[SourceState]] = {
    SourceState.LIVING: frozenset({SourceState.GONE, SourceState.REMOVED}),
    SourceState.GONE: frozenset({SourceState.LIVING, SourceState.REMOVED}),
    SourceState.REMOVED: frozenset(),
}
PROOF_STEPS: Mapping[ProofState, frozenset[ProofState]] = {
    ProofState.WAITING: frozenset({ProofState.PROVED, ProofState.WITHDRAWN}),
    ProofState.PROVED: frozenset({ProofState.LOST, ProofState.WITHDRAWN}),
    ProofState.LOST: frozenset({ProofState.PROVED, ProofState.WITHDRAWN}),
    ProofState.WITHDRAWN: frozenset(),
}
SUBSCRIPTION_STEPS: Mapping[SubscriptionState, frozenset[SubscriptionState]] = {
    SubscriptionState.ASKED: frozenset(
        {
            SubscriptionState.ASKED,
            SubscriptionState.VERIFIED,
            SubscriptionState.REFUSED,
            SubscriptionState.ENDED,
        }
    ),
    SubscriptionState.VERIFIED: frozenset(
        {SubscriptionState.VERIFIED, SubscriptionState.REFUSED, SubscriptionState.ENDED}
    ),
    SubscriptionState.REFUSED: frozenset({SubscriptionState.ASKED, SubscriptionState.ENDED}),
    SubscriptionState.ENDED: frozenset({SubscriptionState.ASKED}),
}


class NotAllowedError(ValueError):
    """The step is not in the table of allowed steps."""


def check_step(table: Mapping[_S, frozenset[_S]], old: _S, new: _S) -> None:
    """Raise NotAllowedError unless the table allows the step."""
    if new not in table[old]:
        raise NotAllowedError(f"{type(old).__name__}: {old} → {new}")
