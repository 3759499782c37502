"""What a document holds, as values: a feed or a page, its items, and what had to be repaired to read it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

#: What strangers' JSON holds: anything.
Json = Any

MAX_ITEMS = 10_000
MAX_TITLE = 500
MAX_SUMMARY = 10_000
MAX_KEY = 500


class Kind(StrEnum):
    """What a work is."""

    ARTICLE = "article"
    VIDEO = "video"
    PODCAST = "podcast"
    TALK = "talk"
    COURSE = "course"
    LIVE = "live"


class Format(StrEnum):
    """How a document was written."""

    ATOM = "atom"
    RSS = "rss"
    RDF = "rdf"
    JSON = "json"
    LENIENT = "lenient"
    PAGE = "page"
    OEMBED = "oembed"
    PEERTUBE = "peertube"


class Repair(StrEnum):
    """What was wrong with a document that could be read all the same."""

    ENCODING = "encoding"
    CONTROL_CHARACTERS = "control_characters"
    BARE_AMPERSAND = "bare_ampersand"
    HTML_ENTITIES = "html_entities"
    NOT_WELL_FORMED = "not_well_formed"
    MISSING_ID = "missing_id"
    DUPLICATE_ID = "duplicate_id"
    NOTHING_IN_ITEM = "nothing_in_item"
    TOO_MANY_ITEMS = "too_many_items"
    BAD_DATE = "bad_date"


class Refused(StrEnum):
    """Why a document could not be read as a feed."""

    EMPTY = "empty"
    HTML = "html"
    ENTITIES = "entities"
    NOT_A_FEED = "not_a_feed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A transcript or subtitles of a work."""

    url: str
    media_type: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work as its source tells it; texts are plain, addresses absolute."""

    key: str
    url: str
    title: str
    summary: str = ""
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    starts_at: datetime | None = None  # of what can be watched live
    updated_at: datetime | None = None
    language: str = ""
    kind: Kind = Kind.ARTICLE
    media_url: str = ""
    media_type: str = ""
    thumbnail_url: str = ""
    duration_s: int | None = None
    captions: tuple[Caption, ...] = ()
    topics: tuple[str, ...] = ()
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list of works and what their source says of itself."""

    format: Format
    title: str = ""
    summary: str = ""
    url: str = ""
    home_url: str = ""
    language: str = ""
    author: str = ""
    image_url: str = ""
    guid: str = ""
    ttl_s: int | None = None
    hubs: tuple[str, ...] = ()
    verifications: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    repairs: tuple[Repair, ...] = ()
    moved_to: str = ""
    older_url: str = ""  # where the items before these are
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address a page points to as a feed or as another form of itself."""

    url: str
    title: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A web page as its metadata tells it."""

    url: str
    canonical_url: str
    title: str = ""
    summary: str = ""
    site_name: str = ""
    language: str = ""
    platform: str = ""
    item: Item | None = None
    is_work: bool = False  # the page says that it is about one work
    feeds: tuple[Link, ...] = ()
    oembed: tuple[Link, ...] = ()
    hubs: tuple[str, ...] = ()
    rel_me: tuple[str, ...] = ()
    verifications: tuple[str, ...] = ()
    channel_id: str = ""
    channel_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAFeed:
    """A document that is no feed, and why."""

    reason: Refused
    repairs: tuple[Repair, ...] = field(default=())
