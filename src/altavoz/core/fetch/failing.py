"""Which reason stands behind an exception."""

import aiohttp

from altavoz.core.fetch.messages import Failure, Reason, Refused
from altavoz.core.fetch.resolving import RefusedAddress

# The first line that fits counts: special before general.
_REASONS: tuple[tuple[type[BaseException], Reason], ...] = (
    (TimeoutError, Reason.TIMEOUT),
    (aiohttp.ClientSSLError, Reason.TLS),
    (aiohttp.ClientConnectorDNSError, Reason.DNS),
    (aiohttp.ClientPayloadError, Reason.TRUNCATED),
    (aiohttp.ClientConnectorError, Reason.CONNECT),
    (aiohttp.ServerDisconnectedError, Reason.HUNG_UP),
    (OSError, Reason.HUNG_UP),
)


def failure(url: str, problem: Exception) -> Failure:
    """Return the failure to fetch `url` that `problem` amounts to."""
    if isinstance(problem, Refused):
        return Failure(url, problem.reason, problem.detail)
    if isinstance(problem, aiohttp.ClientConnectorError) and isinstance(problem.os_error, RefusedAddress):
        return Failure(url, Reason.REFUSED_ADDRESS, str(problem.os_error))
    reason = next((reason for kind, reason in _REASONS if isinstance(problem, kind)), Reason.PROTOCOL)
    return Failure(url, reason, f"{type(problem).__name__}: {problem}")
