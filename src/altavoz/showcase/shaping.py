"""From what a source said to what we would show: pure, so that the same entry always gives the same revision."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from altavoz.core import languages, text

#: How much of a source's own summary we keep; the rest is a click away, at its author's.
SUMMARY_GRAPHEMES = 600
TITLE_GRAPHEMES = 300
MOST_TOPICS = 12


class EntryLike(Protocol):
    """What shaping reads of an entry of a source."""

    kind: str
    title: str
    summary: str
    url: str
    canonical_url: str
    spoken_language: str
    metadata_language: str
    media_url: str
    media_type: str
    thumbnail_url: str
    duration_s: int | None
    captions: list[str]
    topics: list[str]
    licence: str
    published_at: datetime | None
    extra: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """The content of a revision."""

    kind: str
    title: str
    slug: str
    summary: str
    metadata_language: str
    spoken_language: str
    url: str
    media_url: str
    media_type: str
    duration_s: int | None
    topics: tuple[str, ...]
    captions: tuple[str, ...]
    licence: str
    thumbnail_url: str
    published_at: datetime | None
    starts_at: datetime | None = None

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of all that a reader or moderator would see."""
        seen = {name: value for name, value in vars(self).items() if name != "starts_at" or value}
        body = json.dumps(seen, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(body.encode()).hexdigest()


def shape(entry: EntryLike) -> Shape:
    """Return what an entry looks like here: plain text, bounded, with a slug of its own words."""
    title = text.shorten(text.clean_text(entry.title), TITLE_GRAPHEMES)
    # Readers choose languages, not countries: what is spoken is kept without its region.
    spoken = languages.base(entry.spoken_language or "und")
    return Shape(
        kind=entry.kind,
        title=title,
        slug=text.slugify(title),
        summary=text.shorten(text.clean_text(text.strip_html(entry.summary)), SUMMARY_GRAPHEMES),
        metadata_language=entry.metadata_language or "und",
        spoken_language=spoken,
        url=entry.url or entry.canonical_url,
        media_url=entry.media_url,
        media_type=entry.media_type,
        duration_s=entry.duration_s,
        topics=topic_slugs(entry.topics),
        captions=tuple(dict.fromkeys(entry.captions)),
        licence=entry.licence[:60],
        thumbnail_url=entry.thumbnail_url,
        published_at=entry.published_at,
        starts_at=_moment(entry.extra.get("starts_at")),
    )


def _moment(told: object) -> datetime | None:
    return datetime.fromisoformat(told) if isinstance(told, str) else None


def team_language(content: Shape) -> str:
    """Return whose team can judge it: who understands what is spoken, else what is written about it."""
    return (
        content.spoken_language
        if content.spoken_language != "und"
        else languages.base(content.metadata_language)
    )


def topic_slugs(topics: Sequence[str]) -> tuple[str, ...]:
    """Return topics as slugs, each once, in the source's order; what says nothing here is left out."""
    slugs = (text.slugify(topic, max_length=60) for topic in topics if topic.strip())
    return tuple(slug for slug in dict.fromkeys(slugs) if slug not in _SAYS_NOTHING)[:MOST_TOPICS]


#: Every work here is about it.
_SAYS_NOTHING = frozenset(
    {"python", "python3", "talk", "video", "podcast", "blog", "general", "uncategorized"}
)


def name_key(name: str) -> str:
    """Return a name folded so that its spelling variants (case, accents, spacing) meet."""
    spread = unicodedata.normalize("NFKD", text.clean_text(name).casefold())
    kept = (char for char in spread if not unicodedata.combining(char) or char in _VOICING)
    return " ".join("".join(kept).split())[:200]


#: Marks that make another letter, not an accent: か is not が.
_VOICING = frozenset("\u3099\u309a")


#: What catalogues write where they do not know or do not say who spoke, folded.
NOBODY = frozenset(
    {
        "",
        "various",
        "various speakers",
        "various artists",
        "unknown",
        "anonymous",
        "n/a",
        "tba",
        "none",
        "speakers",
        "varios",
    }
)


def creator_names(authors: Sequence[str]) -> tuple[str, ...]:
    """Return the people named as authors, each once however spelt, without those that name nobody."""
    by_key: dict[str, str] = {}
    for author in authors:
        name = text.shorten(text.clean_text(author), 120)
        if (key := name_key(name)) not in NOBODY:
            by_key.setdefault(key, name)
    return tuple(by_key.values())
