"""Which players we may load on request, by the address of the work."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

_YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"}
_NO_COOKIE = "www.youtube-nocookie.com"
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_PEERTUBE = re.compile(r"/(?:w|videos/watch)/([\w-]{8,36})")


@dataclass(frozen=True)
class Player:
    """What is loaded after the visitor pressed play: a "frame" or an "audio" at an address."""

    kind: str
    address: str

    @property
    def host(self) -> str:
        """Return who will then be asked."""
        return urlsplit(self.address).hostname or ""

    @property
    def name(self) -> str:
        """Return what people call them."""
        return "YouTube" if self.host == _NO_COOKIE else self.host.removeprefix("www.")

    @property
    def origin(self) -> str:
        """Return the only origin that the page's security policy opens for it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def player(url: str, *, media_url: str = "", media_type: str = "") -> Player | None:
    """Return the player for a work, or None where the visitor had better follow the link."""
    if media_type.startswith("audio/") and media_url.startswith("https://"):
        return Player("audio", media_url)
    return _youtube(url) or _peertube(url)


def _youtube(url: str) -> Player | None:
    """Return YouTube's player without cookies."""
    parts = urlsplit(url)
    if parts.hostname not in _YOUTUBE:
        return None
    found = parse_qs(parts.query).get("v", [parts.path.rsplit("/", 1)[-1]])[0]
    return Player("frame", f"https://{_NO_COOKIE}/embed/{found}") if _YOUTUBE_ID.fullmatch(found) else None


def _peertube(url: str) -> Player | None:
    """Return the player of the PeerTube instance that holds the video."""
    parts = urlsplit(url)
    match = _PEERTUBE.fullmatch(parts.path.rstrip("/"))
    if parts.scheme != "https" or match is None:
        return None
    return Player("frame", f"https://{parts.netloc}/videos/embed/{match[1]}")
