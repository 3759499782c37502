"""The import: compare every record with what is stored, then write only the difference, in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from altavoz.core import languages as tags
from altavoz.ingest.actions.sources import add_catalogue
from altavoz.ingest.deciding import Intentions, Known, Prepared, decide, languages_of, prepare
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.pyvideo import archive, records, writing
from altavoz.ingest.pyvideo.findings import REFUSED, Finding
from altavoz.ingest.states import SourceState
from altavoz.people.models import Account

FEED_URL = "catalogue:pyvideo"
ADDRESS = "https://github.com/pyvideo/data"
TITLE = "PyVideo"
#: Part of every record's digest: raise it when reading changes, and the next import reads all records again.
VERSION = b"1"
_LOCK = 0x707976696465
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would do: records by what became of them, and every repair and refusal."""

    source: Source | None
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    dry_run: bool = False

    @property
    def summary(self) -> dict[str, int]:
        """Return how often each finding was made, the most frequent first."""
        return dict(Counter(finding.code for finding in self.findings).most_common())


@dataclass(slots=True)
class Plan:
    """What has to be written."""

    digests: dict[str, str] = field(default_factory=dict)  # record digests by key
    prepared: list[Prepared] = field(default_factory=list)
    unchanged: int = 0
    other_languages: int = 0
    findings: list[Finding] = field(default_factory=list)
    keep: set[str] = field(default_factory=set)  # stored keys that stay as they are


def import_pyvideo(
    path: Path | str,
    *,
    by: Account | None,
    at: datetime,
    languages: Collection[str] | None = None,
    dry_run: bool = False,
    list_no_publish: bool | None = None,
    progress: Progress | None = None,
) -> Report:
    """Bring the stored catalogue to what the archive says; return what was new, changed, withdrawn, refused and why.

    In order: read everything, compare record by record, and in one transaction write what differs, with the facts
    for other rooms. A record that left is deleted with its key; one with a new name takes the place of the old one,
    whose name is forgotten, in the findings of earlier imports too. Where nothing differs, nothing is written.

    `languages` imports only works spoken in these; what is stored in others stays. `dry_run` writes nothing.
    `list_no_publish` (else the setting ALTAVOZ_LIST_NO_PUBLISH) lists the data of works whose owners asked
    that they are not republished. `progress` is called with records done and in all. Raises BadArchiveError.
    """
    listed = settings.ALTAVOZ_LIST_NO_PUBLISH if list_no_publish is None else list_no_publish
    found = archive.read(Path(path))
    wanted = frozenset(map(tags.base, languages)) if languages else None
    with transaction.atomic():
        _one_at_a_time()
        source = Source.objects.filter(feed_url=FEED_URL, state=SourceState.LIVING.value).first()
        known = _known(source)
        plan = _plan(
            found, {key: digest for key, (_, digest) in known.items()}, wanted, progress, listed=listed
        )
        differing = [old for key, (old, _) in known.items() if key not in plan.keep]
        intentions = decide(differing, plan.prepared, complete=True)
        written = [] if dry_run else _write(source, plan, intentions, known, by=by, at=at)
        return Report(
            source or (written[0] if written else None),
            _counts(plan, intentions, known),
            tuple(plan.findings),
            dry_run,
        )


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _known(source: Source | None) -> dict[str, tuple[Known, str]]:
    if source is None:
        return {}
    names = ("pk", "key", "canonical_url", "title", "published_at", "digest", "record_digest")
    rows = Entry.objects.filter(source=source).order_by("pk").values_list(*names)
    return {
        key: (Known(id=pk, key=key, canonical_url=url, title=title, published_at=date, digest=digest), record)
        for pk, key, url, title, date, digest, record in rows.iterator(chunk_size=5000)
    }


def _plan(
    found: archive.Catalogue,
    stored: Mapping[str, str],
    wanted: frozenset[str] | None,
    progress: Progress | None,
    *,
    listed: bool,
) -> Plan:
    plan = Plan(findings=list(found.findings))
    titles = {slug: records.category_title(slug, found.categories.get(slug)) for slug in _slugs(found)}
    plan.findings += [Finding("category_unreadable", slug) for slug, (_, told) in titles.items() if not told]
    for done, (key, body) in enumerate(sorted(found.records.items()), start=1):
        title = titles[key.partition("/")[0]][0]
        no_publish = records.identity(body) in found.no_publish
        if no_publish and not listed:
            plan.findings.append(Finding("no_publish", key))
        else:
            _compare(plan, key, body, title, stored.get(key, ""), wanted, no_publish=no_publish)
        if progress:
            progress(done, len(found.records))
    _note_duplicates(plan)
    return plan


def _slugs(found: archive.Catalogue) -> list[str]:
    return sorted({key.partition("/")[0] for key in found.records})


def _compare(
    plan: Plan,
    key: str,
    body: bytes,
    title: str,
    stored: str,
    wanted: frozenset[str] | None,
    *,
    no_publish: bool,
) -> None:
    digest = _digest(body, title, no_publish=no_publish)
    if digest == stored:
        plan.keep.add(key)
        plan.unchanged += 1
        return
    read = records.read(key, body, category=title, no_publish=no_publish)
    if isinstance(read, records.Rejected):
        plan.findings.append(read.finding)
        return
    if wanted is not None and not _is_wanted(read, wanted):
        plan.other_languages += 1
        plan.keep.add(key)
        return
    plan.findings += read.findings
    plan.digests[key] = digest
    plan.prepared.append(prepare(read.item, extra=read.extra))


def _is_wanted(read: records.Record, wanted: frozenset[str]) -> bool:
    item = read.item
    if item.language:
        return tags.base(item.language) in wanted
    found = languages_of(title=item.title, summary=item.summary, kind=item.kind, declared=item.language)
    return tags.base(found.spoken) in wanted


def _digest(body: bytes, category: str, *, no_publish: bool) -> str:
    told = hashlib.sha256(VERSION + (b"!" if no_publish else b"."))
    told.update(category.encode() + b"\0")
    told.update(body)
    return told.hexdigest()


def _note_duplicates(plan: Plan) -> None:
    first: dict[str, str] = {}
    for each in plan.prepared:
        if (seen := first.setdefault(each.canonical_url, each.item.key)) != each.item.key:
            plan.findings.append(Finding("duplicate_video", each.item.key, seen))


def _write(
    source: Source | None,
    plan: Plan,
    intentions: Intentions,
    known: Mapping[str, tuple[Known, str]],
    *,
    by: Account | None,
    at: datetime,
) -> list[Source]:
    """Write the difference; return the source, or nothing where nothing differs."""
    if not plan.prepared and not intentions.gone:
        return []
    source = source or add_catalogue(feed_url=FEED_URL, address=ADDRESS, title=TITLE, by=by, at=at)
    names = {old.id: key for key, (old, _) in known.items()}
    writing.write(source, plan.digests, intentions, at=at)
    restated = {
        each.item.key: known[each.item.key][0].id
        for each in plan.prepared
        if each.item.key in known and known[each.item.key][0].digest == each.digest
    }
    writing.restate(restated, plan.digests)
    forgotten = {names[pk] for pk in intentions.gone}
    forgotten |= {names[pk] for pk, each in intentions.changed if names[pk] != each.item.key}
    writing.forget(source, forgotten)
    writing.report(source, _counts(plan, intentions, known), plan.findings, by=by, at=at)
    return [source]


def _counts(plan: Plan, intentions: Intentions, known: Mapping[str, tuple[Known, str]]) -> dict[str, int]:
    names = {old.id: key for key, (old, _) in known.items()}
    renamed = sum(names[pk] != each.item.key for pk, each in intentions.changed)
    return {
        "new": len(intentions.new),
        "changed": len(intentions.changed) - renamed,
        "renamed": renamed,
        "withdrawn": len(intentions.gone),
        "unchanged": plan.unchanged + intentions.unchanged,
        "refused": len({finding.record for finding in plan.findings if finding.code in REFUSED}),
        "other_languages": plan.other_languages,
    }
