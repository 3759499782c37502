"""From what an item says to what it is called: keys for items without one, one item per key."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from altavoz.ingest import addresses
from altavoz.ingest.parsing.names import Element
from altavoz.ingest.parsing.values import MAX_ITEMS, MAX_KEY, Caption, Feed, Item, Kind, Repair

#: A title is one line.
_LINE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An item as the document tells it, before it has a key."""

    guid: str = ""
    url: str = ""
    title: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    published_at: datetime | None = None
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
class Opened:
    """A feed whose items are not read yet: what it says of itself, their elements, and how to read one.

    `raw` returns what an element holds, if that can be told; `setting` is what else shapes the items.
    """

    feed: Feed
    elements: Sequence[Element]
    draft: Callable[[Element], Draft]
    raw: Callable[[Element], bytes] | None = None
    setting: tuple[object, ...] = ()


def finished(opened: Opened) -> Feed:
    """Return the feed with its items."""
    if opened.feed.items:
        return opened.feed
    items, more = items_of([opened.draft(element) for element in opened.elements])
    return replace(opened.feed, items=items, repairs=tuple(sorted({*opened.feed.repairs, *more})))


def items_of(drafts: list[Draft]) -> tuple[tuple[Item, ...], tuple[Repair, ...]]:
    """Return one item per key in the order of the feed, and what had to be repaired."""
    repairs: set[Repair] = set()
    if len(drafts) > MAX_ITEMS:
        repairs.add(Repair.TOO_MANY_ITEMS)
    usable = [
        draft for draft in drafts[:MAX_ITEMS] if draft.url or draft.media_url or (draft.guid and draft.title)
    ]
    if len(usable) < min(len(drafts), MAX_ITEMS):
        repairs.add(Repair.NOTHING_IN_ITEM)
    if any(draft.date and draft.published_at is None for draft in usable):
        repairs.add(Repair.BAD_DATE)
    if not all(draft.guid for draft in usable):
        repairs.add(Repair.MISSING_ID)
    items: dict[str, Item] = {}
    shared = _shared_ids(usable)
    if shared:
        repairs.add(Repair.DUPLICATE_ID)
    for draft in usable:
        item = _item(draft, shared=draft.guid in shared)
        items.setdefault(item.key, item)
    return tuple(items.values()), tuple(sorted(repairs))


def _shared_ids(drafts: list[Draft]) -> frozenset[str]:
    """Return ids that different works carry: a generator's mistake that must not swallow works."""
    pairs = {(draft.guid, draft.url) for draft in drafts if draft.guid}
    counts = Counter(guid for guid, _ in pairs)
    return frozenset(guid for guid, count in counts.items() if count > 1)


def _item(draft: Draft, *, shared: bool) -> Item:
    where = draft.url or draft.media_url
    return Item(
        key=_key(f"{draft.guid} {where}" if shared else draft.guid or addresses.canonical(where)),
        url=where,
        title=draft.title or _title_from(draft.summary),
        summary=draft.summary,
        authors=draft.authors,
        published_at=draft.published_at,
        updated_at=draft.updated_at,
        language=draft.language,
        kind=draft.kind,
        media_url=draft.media_url,
        media_type=draft.media_type,
        thumbnail_url=draft.thumbnail_url,
        duration_s=draft.duration_s,
        captions=draft.captions,
        topics=draft.topics,
        licence=draft.licence,
    )


def _title_from(summary: str) -> str:
    return summary if len(summary) <= _LINE else summary[:_LINE].rsplit(" ", 1)[0] + "…"


def _key(text: str) -> str:
    key = "".join(char for char in text.strip() if char.isprintable())
    return key if len(key) <= MAX_KEY else "sha256:" + hashlib.sha256(key.encode()).hexdigest()
