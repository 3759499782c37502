"""What a feed is made of, whatever it is written as (pure)."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who made a work, and where they are found."""

    name: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """The file of a podcast episode or a video."""

    url: str
    media_type: str
    length: int = 0  # in bytes; 0 where nobody told


@dataclass(frozen=True, kw_only=True)
class FeedItem:
    """One work: `language` is that of its title and texts; `content_html` must have been sanitised."""

    id: str
    url: str
    title: str
    language: str
    published_at: datetime
    updated_at: datetime
    summary: str = ""
    content_html: str = ""
    authors: tuple[Author, ...] = ()
    topics: tuple[str, ...] = ()
    image: str = ""
    enclosure: Enclosure | None = None


@dataclass(frozen=True, kw_only=True)
class Feed:
    """The selection itself; `language` is that of its own title. `next_url` leads to older works."""

    id: str
    title: str
    description: str
    language: str
    home_url: str
    self_url: str
    updated_at: datetime
    next_url: str = ""
    hub_url: str = ""
    icon_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One feed in a list of feeds."""

    title: str
    feed_url: str
    home_url: str = ""
    language: str = ""


def tag_uri(authority: str, since: date, path: str) -> str:
    """Return an id that never changes, whatever happens to addresses (RFC 4151).

    `since` is a day on which the authority, a domain name, was ours; `path` is our own name for the thing.
    """
    return f"tag:{authority},{since:%Y-%m-%d}:{path}"
