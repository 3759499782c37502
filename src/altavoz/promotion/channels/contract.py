"""What every network answers: the vocabulary between promotion and its channels (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from altavoz.promotion.fitting import Item


class Trouble(StrEnum):
    """Why a network did not do what was asked; `states.TROUBLES` has each in words."""

    AUTH = "auth"  # the credentials are not, or no longer, accepted
    REFUSED = "refused"  # it understood and said no
    TOO_FAST = "too_fast"  # it asks for a pause
    UNREACHABLE = "unreachable"  # no connection was made
    TIMEOUT = "timeout"  # it took the request and did not answer in time
    CUT_OFF = "cut_off"  # the connection broke in the middle
    BROKEN = "broken"  # it answered with an error of its own, or with nonsense
    NOT_A_SERVER = "not_a_server"  # the address belongs to something else
    DOES_NOT_FIT = "does_not_fit"  # the text cannot be made to fit
    CRASHED = "crashed"  # our worker stopped in the middle of the call
    GONE = "gone"  # the work was withdrawn or deleted before its turn


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a network takes: characters in its own unit, and what any link counts."""

    characters: int = 500
    link: int = 23


@dataclass(frozen=True, kw_only=True)
class Connection:
    """An account on a network: where, what proves we may use it, and what the network told about it."""

    address: str
    credentials: Mapping[str, str]
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is sent: kept as composed, so that a second try sends the same. `language` is the network's own tag."""

    text: str
    link: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Sent:
    """It is there: under this id, at this address."""

    remote_id: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Failed:
    """It surely did not happen. `retry_at` tells when to try again; None: trying again would not help."""

    why: Trouble
    retry_at: datetime | None = None
    detail: str = ""

    @property
    def permanent(self) -> bool:
        """Tell whether trying again would not help."""
        return self.retry_at is None


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """It may or may not have happened: look before trying again."""

    why: Trouble
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """We looked, and it is surely not there."""


@dataclass(frozen=True, kw_only=True)
class Gone:
    """It was taken away, or was not there any more."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What a network tells about the account when it is connected."""

    handle: str
    options: Mapping[str, str]
    limits: Limits


class Network(Protocol):
    """One network. `compose` is pure; the others talk to the network once and never raise for what it answers."""

    name: ClassVar[str]
    label: ClassVar[str]
    form: ClassVar[str]  # dotted path of the form that asks for address and credentials
    searchable: ClassVar[bool]  # whether `find` can tell what is there; if not, a person is asked

    def compose(self, item: Item, limits: Limits) -> Message:
        """Return the message; raise fitting.DoesNotFitError. Networks name languages in their own way."""

    def profile(self, address: str, handle: str) -> str:
        """Return where people look at an account, and follow it."""

    def probe(self, connection: Connection, *, at: datetime) -> Probe | Failed | Unknown:
        """Ask who we are there and what the limits are."""

    def send(
        self, connection: Connection, message: Message, *, key: str, at: datetime
    ) -> Sent | Failed | Unknown:
        """Publish; the same key never publishes twice within the network's window."""

    def edit(
        self, connection: Connection, message: Message, *, remote_id: str, at: datetime
    ) -> Sent | Failed | Unknown:
        """Replace what was published."""

    def withdraw(self, connection: Connection, *, remote_id: str, at: datetime) -> Gone | Failed | Unknown:
        """Take back what was published."""

    def find(
        self, connection: Connection, message: Message, *, since: datetime, at: datetime
    ) -> Sent | Missing | Failed | Unknown:
        """Look for the message among what the account published since then."""
