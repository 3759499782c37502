"""What is asked and what comes back: requests, responses, and failures as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why no answer was had; `words.in_words` tells it to people.

    Up to and including TLS, nothing was sent to the address that failed; from TIMEOUT on, it may have been.
    """

    BAD_URL = "bad_url"
    REFUSED_ADDRESS = "refused_address"
    REFUSED_PORT = "refused_port"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    HUNG_UP = "hung_up"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    INSECURE_REDIRECT = "insecure_redirect"
    PROTOCOL = "protocol"


class Refused(Exception):  # noqa: N818 — a decision, not an error
    """We decline to go on, for `reason`; `detail` says at what. Never leaves this package."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask for, and how much of our patience it may use up."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    max_bytes: int = 5 * 1024 * 1024
    timeout_s: float = 10
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Redirect:
    """One step on the way: the status that sent us on, and the full address it sent us to."""

    status: int
    location: str


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered at the end of all redirects, whatever its status.

    The names in `headers` match in any case; a header sent several times stands there once, joined by ", ".
    `body` is unpacked.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    redirects: tuple[Redirect, ...]
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer was had from the address asked for; `detail` is for logs, never for pages."""

    url: str
    reason: Reason
    detail: str
