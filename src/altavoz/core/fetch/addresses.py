"""Which addresses may be connected to: the public Internet, and what the operator allows by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Self

WEB_PORTS = frozenset({80, 443})

# Our own list, because what `ipaddress.is_global` answers changes with the patch version of Python.
_CLOSED_V4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers (CGNAT); some clouds keep their metadata here
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's metadata service on a number that looks public
        "169.254.0.0/16",  # link-local, where most clouds keep their metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# All of IPv6 that is handed out to networks; mapped, NAT64, ULA, link-local and multicast lie outside.
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID and their kin
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: hides an IPv4 address
        "3fff::/20",  # documentation
    )
)


class BadAllowance(ValueError):  # noqa: N818 — reads as what it says, like BadSubject
    """An entry of the allow-list says neither "network" nor "network:port"."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A network that may be fetched from though it is private, or at a port that is not a web port."""

    network: IPv4Network | IPv6Network
    port: int | None

    def covers(self, address: IPv4Address | IPv6Address, port: int) -> bool:
        """Tell whether `address` lies in the network and `port` is the named one, or a web port if none is."""
        right_port = port in WEB_PORTS if self.port is None else port == self.port
        return right_port and address in self.network


def parse_allowance(entry: str) -> Allowance:
    """Return what "10.0.0.0/8", "127.0.0.1/32:8001" or "::1/128:8001" allows; raises BadAllowance."""
    address, slash, rest = entry.strip().partition("/")
    bits, colon, port = rest.partition(":")
    try:
        network = ip_network(f"{address}{slash}{bits}")
        number = int(port) if colon else None
    except ValueError as problem:
        raise BadAllowance(f"{entry!r} is no network like 127.0.0.1/32 or 127.0.0.1/32:8001") from problem
    if number is not None and not 0 < number < 2**16:
        raise BadAllowance(f"{entry!r} names a port that does not exist")
    return Allowance(network, number)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether anyone on the Internet reaches the same machine at `address` as we do."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


def plain(text: str) -> IPv4Address | IPv6Address:
    """Return the address that `text` spells, an IPv4 one where IPv6 only wraps it; raises ValueError."""
    address = ip_address(text)
    wrapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if wrapped is None else wrapped


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What may be connected to: public addresses at web ports, and the operator's allowances."""

    allowances: tuple[Allowance, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Self:
        """Return the policy that the allow-list `entries` describe; raises BadAllowance."""
        return cls(tuple(parse_allowance(entry) for entry in entries))

    def knows_port(self, port: int) -> bool:
        """Tell whether any address at all may be connected to at `port`."""
        return port in WEB_PORTS or any(allowance.port == port for allowance in self.allowances)

    def permits(self, address: IPv4Address | IPv6Address, port: int) -> bool:
        """Tell whether a connection to `address` at `port` may be opened."""
        if any(allowance.covers(address, port) for allowance in self.allowances):
            return True
        return port in WEB_PORTS and _is_public_cached(address)


_is_public_cached = lru_cache(maxsize=4096)(is_public)
