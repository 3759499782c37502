"""Reads a document again: only the items that are not as they were the last time."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from altavoz.ingest.parsing.drafts import Opened, finished
from altavoz.ingest.parsing.marks import MAX_MARKS, Mark, Marks, context_of, dates_of, digest_of, mark_of
from altavoz.ingest.parsing.opening import open_feed
from altavoz.ingest.parsing.values import Feed, NotAFeed, Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A feed with those items that were read; the others are `held`: marks of the keys of what is as it was.

    `dates` are those of the held items, `marks` what to remember for the next time.
    """

    feed: Feed
    marks: Marks = field(default_factory=Marks)
    held: frozenset[int] = frozenset()
    dates: tuple[datetime, ...] = ()


def read_window(
    body: bytes, *, content_type: str = "", url: str = "", known: Marks, setting: str = ""
) -> Window | NotAFeed:
    """Return the feed that the bytes hold without the items whose marks are `known`, or why they hold none.

    Marks hold only in their context: where the feed, its language or author, or the caller's `setting` differ, all is
    read. So it is where an item read now could be one with a held one, because how a feed names its items
    depends on all of them; and of such a feed nothing is remembered.
    """
    opened = open_feed(body, content_type, url)
    if isinstance(opened, NotAFeed):
        return opened
    if opened.raw is None or len(opened.elements) > MAX_MARKS:
        return Window(feed=finished(opened))
    context = context_of((setting, url, opened.setting))
    digests = [digest_of(opened.raw(element)) for element in opened.elements]
    return (_again(opened, digests, known) if known.context == context else None) or _whole(
        opened, digests, context
    )


def _again(opened: Opened, digests: Sequence[int], known: Marks) -> Window | None:
    """Return the window without the known items, or None if that cannot be told from what was read."""
    old = known.items
    fresh = [place for place, digest in enumerate(digests) if digest not in old]
    feed = finished(replace(opened, elements=[opened.elements[place] for place in fresh]))
    marks = _marks(feed, [digests[place] for place in fresh])
    if marks is None:
        return None
    kept = {digest: old[digest] for digest in digests if digest in old}
    held = frozenset(key for key, _ in kept.values())
    if not held.isdisjoint(key for key, _ in marks.values()):
        return None
    return Window(
        feed=feed, marks=Marks(known.context, kept | marks), held=held, dates=dates_of(kept.values())
    )


def _whole(opened: Opened, digests: Sequence[int], context: int) -> Window:
    feed = finished(opened)
    return Window(feed=feed, marks=Marks(context, _marks(feed, digests) or {}))


def _marks(feed: Feed, digests: Sequence[int]) -> dict[int, Mark] | None:
    """Return the marks of the items read, or None when not every element became an item of its own."""
    if len(feed.items) != len(digests) or Repair.DUPLICATE_ID in feed.repairs:
        return None
    return {
        digest: mark_of(item.key, item.published_at) for digest, item in zip(digests, feed.items, strict=True)
    }
