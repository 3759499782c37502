"""What happens in promotion, as others may hear of it."""

from dataclasses import dataclass
from typing import ClassVar

from altavoz.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PostSent(Fact):
    """A work is on a network, at `url`."""

    name: ClassVar[str] = "promotion.post_sent"
    post_id: int
    channel_id: int
    network: str
    language: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PostWithdrawn(Fact):
    """A work that was on a network is there no more."""

    name: ClassVar[str] = "promotion.post_withdrawn"
    post_id: int
    channel_id: int


@dataclass(frozen=True, kw_only=True)
class PostUnknown(Fact):
    """A post may or may not be on the network; `asks` tells that only a person can find out."""

    name: ClassVar[str] = "promotion.post_unknown"
    post_id: int
    channel_id: int
    asks: bool


@dataclass(frozen=True, kw_only=True)
class PostFailed(Fact):
    """A post surely is not on the network and will not be by itself."""

    name: ClassVar[str] = "promotion.post_failed"
    post_id: int
    channel_id: int
    trouble: str


@dataclass(frozen=True, kw_only=True)
class PostLeftBehind(Fact):
    """A withdrawn work is still at `url`, and we cannot take it away: a person must."""

    name: ClassVar[str] = "promotion.post_left_behind"
    post_id: int
    channel_id: int
    url: str


@dataclass(frozen=True, kw_only=True)
class ChannelPaused(Fact):
    """A channel (the subject) stopped: `trouble` tells why, empty where a person paused it."""

    name: ClassVar[str] = "promotion.channel_paused"
    trouble: str
