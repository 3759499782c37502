"""PeerTube's public interface: a channel or account, and a video."""

from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing.dates import parse_date, parse_duration
from altavoz.ingest.parsing.texts import listed, plain, prose, unmarked
from altavoz.ingest.parsing.values import MAX_SUMMARY, MAX_TITLE, Item, Json, Kind


def title_of(told: Json) -> str:
    """Return the display name of a channel, an account or an instance's configuration."""
    if not isinstance(told, dict):
        return ""
    inner = told.get("instance")
    name = (
        told.get("displayName") or told.get("name") or (inner.get("name") if isinstance(inner, dict) else "")
    )
    return unmarked(name, MAX_TITLE) if isinstance(name, str) else ""


def video_of(told: Json, base: str) -> Item | None:
    """Return the video that the interface describes, or None for any other answer."""
    if (
        not isinstance(told, dict)
        or not isinstance(told.get("uuid"), str)
        or not isinstance(told.get("name"), str)
    ):
        return None
    # The address that the feeds of the same site give.
    url = addresses.absolute(f"/w/{_text(told, 'shortUUID') or told['uuid']}", base)
    channel = told.get("channel")
    tags = told.get("tags")
    return Item(
        key=f"peertube:{told['uuid']}",
        url=url,
        title=unmarked(told["name"], MAX_TITLE),
        summary=prose(_text(told, "description"), MAX_SUMMARY),
        authors=listed([title_of(channel)]),
        published_at=parse_date(_text(told, "originallyPublishedAt") or _text(told, "publishedAt")),
        updated_at=parse_date(_text(told, "updatedAt")),
        language=ext.tag(_labelled(told, "language", "id")),
        kind=Kind.LIVE if told.get("isLive") is True else Kind.VIDEO,
        thumbnail_url=addresses.absolute(_text(told, "thumbnailPath"), base),
        duration_s=parse_duration(str(told.get("duration") or "")),
        topics=listed([tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []),
        licence=plain(_labelled(told, "licence", "label"), 200),
    )


def _text(told: dict[str, Json], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _labelled(told: dict[str, Json], name: str, part: str) -> str:
    value = told.get(name)
    return _text(value, part) if isinstance(value, dict) else ""
