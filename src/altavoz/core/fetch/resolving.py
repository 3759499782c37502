"""Names turned into addresses once, every address checked before a socket exists for it."""

import asyncio
import os
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Protocol

from aiohttp.abc import AbstractResolver, ResolveResult

from altavoz.core.fetch.addresses import AddressPolicy, plain


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    # Looking up waits in a C function: many threads, so that dead name servers do not hold up the living.
    return ThreadPoolExecutor(max_workers=48, thread_name_prefix="lookup")


# Threads do not survive a fork; the child starts its own.
os.register_at_fork(after_in_child=_threads.cache_clear)


class RefusedAddress(OSError):  # noqa: N818 — a decision, not an error
    """An address that the policy does not permit; an OSError so that aiohttp treats it as unreachable."""


class Resolver(Protocol):
    """Whatever tells the addresses of a host name."""

    async def addresses(self, host: str) -> Sequence[str]:
        """Return all addresses of `host`, best first; raises OSError where there is none."""
        ...


class SystemResolver:
    """Asks the operating system, as every other program on the machine does."""

    async def addresses(self, host: str) -> Sequence[str]:
        """Return all addresses of `host`, best first; raises OSError where there is none."""
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(_threads(), _look_up, host)
        return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _look_up(host: str) -> list[Any]:
    return socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)


class CheckedResolver(AbstractResolver):
    """Hands aiohttp the addresses of a host only if the policy permits every single one of them.

    All or nothing, because a name with one private address among public ones is an attack or a mistake.
    """

    def __init__(self, policy: AddressPolicy, resolver: Resolver) -> None:
        self._policy = policy
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the permitted addresses of `host`; raises RefusedAddress, or OSError if it has none."""
        del family  # both, always
        found = await self._resolver.addresses(host)
        if not found:
            raise OSError(f"{host} has no address")
        for text in found:
            check(self._policy, text, port)
        return [_result(host, text, port) for text in found]

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )


def check(policy: AddressPolicy, text: str, port: int) -> None:
    """Return if `policy` permits connecting to the address spelt `text`; raises RefusedAddress."""
    try:
        permitted = policy.permits(plain(text), port)
    except ValueError:
        permitted = False
    if not permitted:
        raise RefusedAddress(f"{text} port {port}")


class GuardedSockets:
    """Makes the sockets of a client: the last door, passed by literals and names alike."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy

    def __call__(self, info: tuple[Any, ...]) -> socket.socket:
        """Return a socket for the address info, if the policy permits its address; raises RefusedAddress."""
        family, kind, protocol, _, sockaddr = info
        check(self._policy, sockaddr[0], sockaddr[1])
        return socket.socket(family, kind, protocol)
