"""The invented community as it is written down in `community/*.toml`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "community"


@dataclass(frozen=True, kw_only=True)
class Work:
    """Something a channel published, `days_ago` days before the demonstration began."""

    slug: str
    title: str
    summary: str
    topics: tuple[str, ...] = ()
    kind: str = ""  # course or live: told by a page of its own instead of the feed
    days_ago: int = 0
    minutes: int = 0
    begins_in_days: int | None = None  # of a live stream that is still to come
    url: str = ""  # where it lives, if not at the invented site
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Channel:
    """Where one creator publishes; `next` is what they publish when a button is pressed."""

    slug: str
    form: str  # blog, podcast or video
    creator: str
    country: str
    language: str
    about: str
    works: tuple[Work, ...]
    next: tuple[Work, ...] = ()
    unadded: bool = False


def channels() -> tuple[Channel, ...]:
    """Return every channel of the community, in the order of the files."""
    return tuple(_channel(raw) for path in sorted(_FOLDER.glob("*.toml")) for raw in _read(path))


def _read(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["channel"]
    return found


def _channel(raw: dict[str, Any]) -> Channel:
    raw = dict(raw)
    works = tuple(_works(raw.pop("work"), 1))
    return Channel(works=works, next=tuple(_works(raw.pop("next", []), len(works) + 1)), **raw)


def _works(raws: list[dict[str, Any]], first: int) -> Iterator[Work]:
    for number, raw in enumerate(raws, first):
        lists = {name: tuple(raw.get(name, ())) for name in ("topics", "captions")}
        yield Work(slug=str(number), **(raw | lists))
