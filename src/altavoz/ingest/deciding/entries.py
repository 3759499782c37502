"""Old entries and new items in, intentions out: what is new, changed, unchanged, gone or told twice."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from altavoz.ingest import addresses
from altavoz.ingest.parsing.marks import digest_of
from altavoz.ingest.parsing.values import Item

#: Works dated further ahead than this are dated by mistake.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An item with its canonical address, the digest of what people see of it, and what only one source knows."""

    item: Item
    canonical_url: str
    digest: str
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored of an entry, as far as deciding needs it."""

    id: int
    key: str
    canonical_url: str
    title: str
    published_at: datetime | None
    digest: str
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Intentions:
    """What shall hold afterwards; `twice` are keys of items that repeat another item of the same feed."""

    new: tuple[Prepared, ...] = ()
    changed: tuple[tuple[int, Prepared], ...] = ()
    unchanged: int = 0
    gone: tuple[int, ...] = ()
    twice: tuple[str, ...] = ()


def prepare(item: Item, *, extra: Mapping[str, Any] | None = None, language: str = "") -> Prepared:
    """Return the item ready to be compared; the digest covers what a reader sees, no statistics and no dates.

    `language` is what the owner says of all items: it counts where an item says nothing.
    """
    where = addresses.canonical(item.url) or addresses.canonical(item.media_url)
    digest = _digest(item, where, item.language or language, extra)
    return Prepared(item=item, canonical_url=where, digest=digest, extra=extra or {})


def decide(
    known: Sequence[Known],
    items: Iterable[Prepared],
    *,
    complete: bool = False,
    deleted: Iterable[str] = (),
    held: Collection[int] = (),
) -> Intentions:
    """Match by key, then by address, then by what survives a move of the host; the rest is new.

    Only a source whose list is `complete` (a catalogue), or one that names what it deleted, makes entries gone:
    a feed shows a window, and what leaves the window still exists. What is `held` (marks of keys) is told as it was
    and not among the items: it stays, and nothing else is taken for it.
    """
    state = _Matching(known)
    seen = state.hold(held)
    wanted, twice = (list(items), []) if complete else _once(items, seen)
    left = [each for each in wanted if not state.by(state.keys, each.item.key, each)]
    left = [each for each in left if not state.by(state.urls, schemeless(each.canonical_url), each)]
    new = tuple(each for each in left if not state.by_trait(each))
    named = frozenset(deleted)
    gone = [
        old.id
        for old in known
        if not old.gone and old.id not in state.matched and (complete or old.key in named)
    ]
    return Intentions(
        new=new, changed=tuple(state.changed), unchanged=state.unchanged, gone=tuple(gone), twice=tuple(twice)
    )


class _Matching:
    """Old entries by whatever identifies them; each is matched at most once."""

    def __init__(self, known: Sequence[Known]) -> None:
        self.keys = {old.key: [old] for old in known}
        self.urls = _index((schemeless(old.canonical_url), old) for old in known if old.canonical_url)
        self.known = known
        self.matched: set[int] = set()
        self.changed: list[tuple[int, Prepared]] = []
        self.unchanged = 0

    def hold(self, keys: Collection[int]) -> set[str]:
        """Match the old entries whose keys bear these marks with themselves; return their addresses."""
        if not keys:
            return set()
        kept = [old for old in self.known if digest_of(old.key.encode()) in keys]
        self.matched.update(old.id for old in kept)
        self.unchanged += len(keys)
        return {old.canonical_url for old in kept if old.canonical_url}

    @cached_property
    def traits(self) -> Mapping[Any, Sequence[Known]]:
        """Return old entries by what survives a move; most feeds never ask."""
        free = (old for old in self.known if old.id not in self.matched)
        return _index(
            (trait, old) for old in free for trait in _traits(old.canonical_url, old.title, old.published_at)
        )

    def by(self, index: Mapping[Any, Sequence[Known]], name: object, wanted: Prepared) -> bool:
        """Match with the first old entry of that name that is free; tell whether there was one."""
        old = next((each for each in index.get(name, ()) if each.id not in self.matched), None)
        if old is None:
            return False
        self.matched.add(old.id)
        if (old.key, old.digest, old.gone) == (wanted.item.key, wanted.digest, False):
            self.unchanged += 1
        else:
            self.changed.append((old.id, wanted))
        return True

    def by_trait(self, wanted: Prepared) -> bool:
        """Match with an old entry that shares what survives a move."""
        if len(self.matched) == len(self.known):
            return False
        traits = _traits(wanted.canonical_url, wanted.item.title, wanted.item.published_at)
        return any(self.by(self.traits, trait, wanted) for trait in traits)


def schemeless(url: str) -> str:
    """Return the address in which a site that became secure is still the same."""
    return url.partition("://")[2]


def _index(pairs: Iterable[tuple[Any, Known]]) -> dict[Any, list[Known]]:
    index: dict[Any, list[Known]] = {}
    for name, old in pairs:
        index.setdefault(name, []).append(old)
    return index


def _traits(url: str, title: str, published: datetime | None) -> list[tuple[str, str]]:
    """Return what stays when a blog moves: title with path, title with moment. A title alone is only a hint."""
    found: list[tuple[str, str]] = []
    name = title.casefold()
    path = addresses.identity(url)
    if name and len(path) > 1:
        found.append((name, path))
    if name and published:
        found.append((name, published.isoformat()))
    return found


def _once(items: Iterable[Prepared], seen: set[str]) -> tuple[list[Prepared], list[str]]:
    kept: list[Prepared] = []
    twice: list[str] = []
    for each in items:
        if each.canonical_url and each.canonical_url in seen:
            twice.append(each.item.key)
            continue
        seen.add(each.canonical_url)
        kept.append(each)
    return kept, twice


def dated(published: datetime | None, at: datetime) -> datetime | None:
    """Return the date of publication, or the present moment for one that lies in the future by mistake."""
    return at if published and published > at + _AHEAD else published


def _digest(item: Item, where: str, language: str, extra: Mapping[str, Any] | None) -> str:
    seen = [
        *(
            where,
            item.title,
            item.summary,
            item.authors,
            language,
            item.kind,
            item.media_url,
            item.duration_s,
        ),
        *(
            item.thumbnail_url,
            item.licence,
            item.topics,
            [(each.url, each.language) for each in item.captions],
        ),
        extra or {},
    ]
    told = json.dumps(seen, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
