"""Who asks, for as long as it takes to count once: used while a request is answered, and written nowhere."""

import hmac
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

_HOUSEHOLD = 64  # bits of an IPv6 address that stay the same while a device changes the others every day


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """What a request tells of the one who sent it."""

    address: str  # of the network; empty where it is not known
    agent: str
    accept_language: str
    purpose: str = ""
    asks_for_privacy: bool = False  # Sec-GPC or DNT


def place_of(address: str) -> str:
    """Return the address that stays the same through a day: an IPv6 one without the part that devices vary."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, _HOUSEHOLD), strict=False))


def digest(key: bytes, *parts: str) -> int:
    """Return 64 bits that say "the same again" to who holds the key of the day, and nothing without it."""
    sealed = hmac.digest(key, "\0".join(parts).encode("utf-8", "replace"), "sha256")
    return int.from_bytes(sealed[:8], signed=True)
