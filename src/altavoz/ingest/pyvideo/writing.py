"""Writes what an import decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from altavoz.core import events
from altavoz.ingest import bulk
from altavoz.ingest.actions.entries import Stored, facts_of, fresh, row_of
from altavoz.ingest.deciding import Intentions, Prepared
from altavoz.ingest.models import Entry, Import, Source
from altavoz.ingest.pyvideo.findings import Finding
from altavoz.people.models import Account

#: So many rows go into one statement: memory stays flat.
_PORTION = 1000
_T = TypeVar("_T")


def write(source: Source, digests: Mapping[str, str], intentions: Intentions, *, at: datetime) -> None:
    """Delete what left, change, insert, and record the facts in that order."""
    Entry.objects.filter(pk__in=intentions.gone).delete()
    for some in _portions(intentions.changed):
        bulk.update(
            Entry, [{"id": pk, "record_digest": digests[each.item.key]} | _row(each, at) for pk, each in some]
        )
    new: list[int] = []
    for portion in _portions(intentions.new):
        new += bulk.insert(Entry, [_new(source, each, digests[each.item.key], at) for each in portion])
    stored = Stored(source.pk, tuple(new), tuple(pk for pk, _ in intentions.changed), intentions.gone)
    if facts := list(facts_of(source, stored)):
        events.record(*facts, at=at)


def _portions(rows: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (rows[start : start + _PORTION] for start in range(0, len(rows), _PORTION))


def _row(each: Prepared, at: datetime) -> dict[str, object]:
    return row_of(each, owner_language="", feed_language="", at=at)


def _new(source: Source, each: Prepared, digest: str, at: datetime) -> dict[str, object]:
    return {"source_id": source.pk} | fresh(at) | _row(each, at) | {"record_digest": digest}


def restate(ids: Mapping[str, int], digests: Mapping[str, str]) -> None:
    """Note the new digest of records whose file changed without changing what it says."""
    bulk.update(Entry, [{"id": pk, "record_digest": digests[key]} for key, pk in ids.items()])


def forget(source: Source, keys: Collection[str]) -> None:
    """Take names that left the catalogue out of the findings of earlier imports."""
    if not keys:
        return
    for run in Import.objects.filter(source=source):
        kept = [each for each in run.findings if each[1] not in keys and each[2] not in keys]
        if len(kept) != len(run.findings):
            run.findings = kept
            run.save(update_fields=["findings"])


def report(
    source: Source,
    counts: Mapping[str, int],
    findings: Sequence[Finding],
    *,
    by: Account | None,
    at: datetime,
) -> None:
    """Keep what the import did and every repair and refusal."""
    told = [[finding.code, finding.record, finding.detail] for finding in findings]
    Import.objects.create(source=source, by=by, at=at, counts=dict(counts), findings=told)
