"""Addresses taken apart strictly, so that what was checked is what is connected to."""

import re
import socket
from dataclasses import dataclass
from functools import cached_property, lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote

import idna

from altavoz.core.fetch.addresses import plain
from altavoz.core.fetch.messages import Reason, Refused

MAX_LENGTH = 8000
_MAX_HOST = 253
_SHAPE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^\[\]:]*)(?::([0-9]{0,5}))?")
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_KEPT = "%/?:@!$&'()*+,;=-._~|[]"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Target:
    """An address that is well formed: lower-case ASCII host, explicit port, path and query fit to be sent."""

    scheme: str
    host: str
    port: int
    path: str
    literal: IPv4Address | IPv6Address | None = None

    @cached_property
    def origin(self) -> str:
        """Scheme, host and port: what a browser calls the same place."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @cached_property
    def url(self) -> str:
        """The whole address, without fragment."""
        return self.origin + self.path


@lru_cache(maxsize=4096)
def parse(url: str) -> Target:
    """Return the checked parts of `url`; raises Refused where a lenient reader could see another host."""
    url = url.strip(" \t\r\n")
    match = _SHAPE.fullmatch(url)
    if match is None or len(url) > MAX_LENGTH or _CONTROL.search(url):
        raise Refused(Reason.BAD_URL, "no complete address")
    scheme, authority, path, query = match.groups(default="")
    scheme = scheme.lower()
    if scheme not in _PORTS:
        raise Refused(Reason.BAD_URL, f"scheme {scheme!r}")
    host, literal, port = _authority(authority)
    return Target(scheme, host, _PORTS[scheme] if port is None else port, _sendable(path, query), literal)


def _sendable(path: str, query: str) -> str:
    return quote((path or "/") + query, safe=_KEPT, errors="surrogateescape")


def _authority(authority: str) -> tuple[str, IPv4Address | IPv6Address | None, int | None]:
    if "@" in authority:
        raise Refused(Reason.BAD_URL, "credentials in the address")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise Refused(Reason.BAD_URL, "no host and port")
    port = int(match[2]) if match[2] else None
    if port is not None and not 0 < port < 2**16:
        raise Refused(Reason.BAD_URL, f"port {port}")
    host, literal = _bracketed(match[1]) if match[1].startswith("[") else _named(match[1])
    return host, literal, port


def _bracketed(text: str) -> tuple[str, IPv4Address | IPv6Address]:
    try:
        address = IPv6Address(text[1:-1])
    except AddressValueError as problem:
        raise Refused(Reason.BAD_URL, str(problem)) from problem
    if address.scope_id is not None:
        raise Refused(Reason.BAD_URL, "an address with a zone")
    return str(address), plain(str(address))


def _named(text: str) -> tuple[str, IPv4Address | None]:
    host = _ascii(text).removesuffix(".")
    if not _NAME.fullmatch(host) or len(host) > _MAX_HOST:
        raise Refused(Reason.BAD_URL, "no host name")
    return host, _dotted(host) if _NUMBER.fullmatch(host) else None


def _ascii(text: str) -> str:
    if text.isascii():
        return text.lower()
    try:
        # Also turns lookalikes (circled digits, wide dots) into what they stand for, before anything is checked.
        return idna.encode(text, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as problem:
        raise Refused(Reason.BAD_URL, str(problem)) from problem


def _dotted(host: str) -> IPv4Address:
    try:
        return IPv4Address(host)
    except AddressValueError as problem:
        raise _disguised(host) from problem


def _disguised(host: str) -> Refused:
    """Tell an address in an old spelling (decimal, octal, hexadecimal, short) from a mere mistake."""
    try:
        meant = socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return Refused(Reason.BAD_URL, f"{host} is no address")
    return Refused(Reason.REFUSED_ADDRESS, f"{host} hides {meant}")
