"""From bytes to values: feeds of every kind, and pages; pure, no network and no database."""

from altavoz.ingest.parsing.drafts import finished
from altavoz.ingest.parsing.marks import Marks
from altavoz.ingest.parsing.opening import open_feed
from altavoz.ingest.parsing.page import page_of
from altavoz.ingest.parsing.values import (
    Caption,
    Feed,
    Format,
    Item,
    Kind,
    Link,
    NotAFeed,
    Page,
    Refused,
    Repair,
)
from altavoz.ingest.parsing.windows import Window, read_window

__all__ = [
    "Caption",
    "Feed",
    "Format",
    "Item",
    "Kind",
    "Link",
    "Marks",
    "NotAFeed",
    "Page",
    "Refused",
    "Repair",
    "Window",
    "page_of",
    "read_feed",
    "read_window",
]


def read_feed(body: bytes, *, content_type: str = "", url: str = "") -> Feed | NotAFeed:
    """Return the feed that the bytes hold, or why they hold none."""
    opened = open_feed(body, content_type, url)
    return opened if isinstance(opened, NotAFeed) else finished(opened)
