"""Which players we may load on request, by the address of the work."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

_YOUTUBE: Final = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"}
_NO_COOKIE: Final = "www.youtube-nocookie.com"
_YOUTUBE_ID: Final = re.compile(r"[\w-]{11}")
_PEERTUBE: Final = re.compile(r"/(?:w|videos/watch)/([\w-]{8,36})")
_VIMEO: Final = re.compile(r"/(?:channels/[\w-]+/|video/)?([0-9]{5,12})(?:/([0-9a-f]{6,16}))?")
_ARCHIVE: Final = re.compile(r"/details/([\w.-]{1,100})")
#: What people call those who are asked; everybody else goes by their host.
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {_NO_COOKIE: "YouTube", "player.vimeo.com": "Vimeo", "archive.org": "Internet Archive"}
)


@dataclass(frozen=True)
class Player:
    """What is loaded after the visitor pressed play: a "frame", an "audio" or a "video" at an address."""

    kind: str
    address: str

    @property
    def host(self) -> str:
        """Return who will then be asked."""
        return urlsplit(self.address).hostname or ""

    @property
    def name(self) -> str:
        """Return what people call them."""
        return _NAMES.get(self.host, self.host.removeprefix("www."))

    @property
    def origin(self) -> str:
        """Return the only origin that the page's security policy opens for it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def started(self) -> str:
        """Return the address that plays at once: whoever loads it has pressed play already."""
        if self.kind != "frame":
            return self.address
        return f"{self.address}{'&' if '?' in self.address else '?'}autoplay=1"


def player(url: str, *, media_url: str = "", media_type: str = "", secure: bool = True) -> Player | None:
    """Return the player for a work, or None where the visitor had better follow the link.

    Unless `secure` is False, as it is where our own pages are not, nothing is loaded without encryption.
    """
    schemes = ("https",) if secure else ("https", "http")
    kind = media_type.partition("/")[0]
    file = Player(kind, media_url) if kind in {"audio", "video"} and _is_web(media_url, schemes) else None
    # Of a video its own player knows captions and sizes; of audio the file is all there is to hear.
    return file if kind == "audio" and file else (_framed(url, schemes) or file)


def _framed(url: str, schemes: tuple[str, ...]) -> Player | None:
    if not _is_web(url, ("https", "http")):
        return None
    return _youtube(url) or _vimeo(url) or _archive(url) or _peertube(url, schemes)


def _is_web(url: str, schemes: tuple[str, ...]) -> bool:
    """Say whether a browser may load it: nothing in it could end or widen the policy that names its origin."""
    try:
        parts = urlsplit(url)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        known
        and parts.scheme in schemes
        and re.fullmatch(r"[\w.:\[\]-]+", parts.netloc, re.ASCII) is not None
    )


def _youtube(url: str) -> Player | None:
    """Return YouTube's player without cookies."""
    parts = urlsplit(url)
    if parts.hostname not in _YOUTUBE:
        return None
    found = parse_qs(parts.query).get("v", [parts.path.rsplit("/", 1)[-1]])[0]
    return Player("frame", f"https://{_NO_COOKIE}/embed/{found}") if _YOUTUBE_ID.fullmatch(found) else None


def _vimeo(url: str) -> Player | None:
    """Return Vimeo's player, asked not to track; an unlisted video needs the second part of its address."""
    parts = urlsplit(url)
    match = _VIMEO.fullmatch(parts.path.rstrip("/"))
    if parts.hostname not in {"vimeo.com", "www.vimeo.com", "player.vimeo.com"} or match is None:
        return None
    unlisted = match[2] or parse_qs(parts.query).get("h", [""])[0]
    asked = {"dnt": "1"} | ({"h": unlisted} if re.fullmatch(r"[0-9a-f]{6,16}", unlisted) else {})
    return Player("frame", f"https://player.vimeo.com/video/{match[1]}?{urlencode(asked)}")


def _archive(url: str) -> Player | None:
    """Return the player of the Internet Archive."""
    parts = urlsplit(url)
    match = _ARCHIVE.match(parts.path)
    if parts.hostname not in {"archive.org", "www.archive.org"} or match is None:
        return None
    return Player("frame", f"https://archive.org/embed/{match[1]}")


def _peertube(url: str, schemes: tuple[str, ...]) -> Player | None:
    """Return the player of the PeerTube instance that holds the video; other viewers learn nothing (no P2P)."""
    parts = urlsplit(url)
    match = _PEERTUBE.fullmatch(parts.path.rstrip("/"))
    if match is None or not _is_web(url, schemes):
        return None
    return Player("frame", f"{parts.scheme}://{parts.netloc}/videos/embed/{match[1]}?p2p=0")
