"""Elements that Atom and RSS share: media, iTunes, the podcast namespace, licences and updates."""

from collections.abc import Iterable

from altavoz.core import languages
from altavoz.ingest import addresses
from altavoz.ingest.parsing.dates import parse_duration
from altavoz.ingest.parsing.names import XML_LANG, Element, Node
from altavoz.ingest.parsing.values import Caption, Kind

_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
_AUDIO_ENDINGS = (".mp3", ".m4a", ".ogg", ".opus", ".oga", ".flac", ".wav")
_VIDEO_ENDINGS = (".mp4", ".webm", ".ogv", ".mkv", ".m4v", ".mov")


def tag(text: str | None) -> str:
    """Return the language tag in its normal form, "" for none or one nobody knows."""
    if not text or not text.strip():
        return ""
    found = languages.normalise(text.strip())
    return "" if found == "und" else found


def language_of(element: Element) -> str:
    """Return the language an element declares by xml:lang."""
    return tag(element.get(XML_LANG))


def media(node: Node) -> Node:
    """Return the node that holds the media elements: the group of YouTube, else the item itself."""
    return node.node("media:group") or node


def thumbnail(node: Node, inner: Node, base: str) -> str:
    """Return the picture of an item; YouTube's hosts of the day become one."""
    found = (
        inner.attribute("media:thumbnail", "url")
        or node.attribute("media:thumbnail", "url")
        or node.attribute("itunes:image", "href")
        or node.attribute("podcast:image", "href")
    )
    return steady_thumbnail(addresses.absolute(found, base)) if found else ""


def steady_thumbnail(url: str) -> str:
    """Return the thumbnail's address without the part that changes from day to day."""
    host = addresses.host_of(url)
    if host.endswith("ytimg.com"):
        parts = url.split("?", 1)[0].split("/")
        return "https://i.ytimg.com/" + "/".join(parts[3:])
    return url


def duration(node: Node, inner: Node) -> int | None:
    """Return the length in seconds from whichever element tells a sane one."""
    told = [node.text("itunes:duration"), inner.attribute("media:content", "duration")]
    told += [inner.attribute("yt:duration", "seconds")]
    return next((found for text in told if text and (found := parse_duration(text))), None)


def captions(node: Node, base: str) -> tuple[Caption, ...]:
    """Return the transcripts of an item with their languages."""
    found = [
        Caption(
            url=addresses.absolute(child.get("url", ""), base),
            media_type=(child.get("type") or "").strip().lower(),
            language=tag(child.get("language") or child.get("lang")),
        )
        for child in node.all("podcast:transcript", "media:subTitle")
    ]
    return tuple(caption for caption in found if caption.url)


def verifications(node: Node) -> tuple[str, ...]:
    """Return what a podcast's owner wrote into the feed to be recognised."""
    return tuple(
        child.text.strip()
        for child in node.all("podcast:txt")
        if child.text and (child.get("purpose") or "").strip().lower() == "verify"
    )


def ttl(node: Node) -> int | None:
    """Return the seconds for which the feed asks to be left alone."""
    minutes = node.text("ttl")
    if minutes.isdecimal():
        return int(minutes[:9]) * 60 or None
    period = _PERIODS.get(node.text("sy:updatePeriod").lower())
    frequency = node.text("sy:updateFrequency")
    times = int(frequency[:6]) if frequency.isdecimal() else 1
    return period // max(times, 1) if period else None


def media_kind(media_type: str, media_url: str) -> Kind | None:
    """Return whether an enclosure is heard or watched; None for anything else."""
    path = media_url.split("?", 1)[0].lower()
    if media_type.startswith("audio/") or path.endswith(_AUDIO_ENDINGS):
        return Kind.PODCAST
    if media_type.startswith("video/") or path.endswith(_VIDEO_ENDINGS):
        return Kind.VIDEO
    return None


def best_media(candidates: Iterable[tuple[str, str]]) -> tuple[str, str, Kind | None]:
    """Return address, type and kind of the first enclosure that can be heard or watched."""
    for url, media_type in candidates:
        clean = media_type.split(";")[0].strip().lower()
        if url and (kind := media_kind(clean, url)):
            return url, clean, kind
    return "", "", None
