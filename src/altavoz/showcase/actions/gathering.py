"""Gathering: entries of sources become publications and revisions, a batch at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from altavoz.core import subjects, text
from altavoz.ingest.models import Entry, Source
from altavoz.ingest.states import SourceKind
from altavoz.showcase import shaping
from altavoz.showcase.actions import creators, erasing, wishes
from altavoz.showcase.models import Catalogue, Creator, Credit, Link, Publication, Revision
from altavoz.showcase.states import LIVING, State, Step, after

# In place of Django's bulk_update, which builds one CASE of thousands of branches.
_LEADS = """
    UPDATE showcase_publication AS old SET lead_id = fresh.lead
    FROM unnest(%s::bigint[], %s::bigint[]) AS fresh (id, lead) WHERE old.id = fresh.id
"""


@dataclass
class _Batch:
    """What one batch of entries of one source works with."""

    source: Source
    catalogue: Catalogue | None
    at: datetime
    shapes: dict[int, shaping.Shape]  # by entry
    known: dict[int, Publication] = field(default_factory=dict)  # by entry
    credits: list[Credit] = field(default_factory=list)


@transaction.atomic
def gather(entry_ids: Collection[int], *, at: datetime) -> list[int]:
    """Make or revise the publications that these entries of one source tell of; return their ids.

    In order: an entry seen before revises its publication; one with the canonical address of a living publication
    joins it, with the reason kept; any other becomes a draft. A revision is added only where something a reader
    would see has changed. A record of a catalogue that changed replaces what it said before without trace, because
    people rename themselves: its earlier revisions are erased, and it is visible again only on its own merits.
    """
    entries = list(
        Entry.objects.filter(pk__in=entry_ids, gone_at=None).select_related("source").order_by("pk")
    )
    if not entries:
        return []
    source = entries[0].source
    catalogue = _catalogue(source)
    wish = wishes.wish_of(source) if catalogue is None else None
    entries = wishes.wanted(entries, wish)
    batch = _Batch(source, catalogue, at, wishes.shapes(entries, wish))
    batch.known = _known(entries)
    batch.shapes = wishes.corrected(batch.shapes, batch.known)
    fresh = [entry for entry in entries if entry.pk not in batch.known]
    revised = [entry for entry in entries if entry.pk in batch.known]
    _make(fresh, batch)
    _revise(revised, batch)
    found = list(dict.fromkeys(batch.known[entry.pk].pk for entry in entries))
    wishes.settle_level(found, wish)
    return found


def _catalogue(source: Source) -> Catalogue | None:
    """Return the catalogue a source feeds, met for the first time perhaps; None for a channel.

    Its row is held: two batches of it at once could make two creators out of one name.
    """
    if source.kind != SourceKind.CATALOGUE:
        return None
    fields = {"slug": f"{text.slugify(source.title, max_length=40)}-{source.pk}", "name": source.title}
    defaults = fields | {"url": source.address[:200]}
    return Catalogue.objects.select_for_update(no_key=True).get_or_create(source=source, defaults=defaults)[0]


def _known(entries: Sequence[Entry]) -> dict[int, Publication]:
    links = Link.objects.filter(entry_id__in=[entry.pk for entry in entries]).select_related("publication")
    by_entry = {link.entry_id: link.publication for link in links}
    strangers = [entry for entry in entries if entry.pk not in by_entry]
    addresses = {entry.canonical_url for entry in strangers if entry.canonical_url}
    living = Publication.objects.filter(canonical_url__in=addresses, state__in=LIVING)
    by_address = {publication.canonical_url: publication for publication in living}
    joined = {
        entry.pk: by_address[entry.canonical_url] for entry in strangers if entry.canonical_url in by_address
    }
    _link(joined, Link.Reason.SAME_ADDRESS)
    # An entry that only repeats another's work says nothing new about it.
    return by_entry | joined


def _link(publications: dict[int, Publication], reason: Link.Reason) -> None:
    Link.objects.bulk_create(
        Link(entry_id=entry_id, publication=publication, reason=reason)
        for entry_id, publication in publications.items()
    )


def _make(entries: Sequence[Entry], batch: _Batch) -> None:
    firsts: dict[str, Entry] = {}
    repeats: list[Entry] = []
    for entry in entries:
        key = entry.canonical_url or f"entry:{entry.pk}"
        (repeats.append(entry) if key in firsts else firsts.update({key: entry}))
    made = Publication.objects.bulk_create(_draft(entry, batch) for entry in firsts.values())
    new = dict(zip((entry.pk for entry in firsts.values()), made, strict=True))
    batch.known |= new
    _link(new, Link.Reason.FIRST)
    same = {entry.pk: batch.known[firsts[entry.canonical_url].pk] for entry in repeats}
    batch.known |= same
    _link(same, Link.Reason.SAME_ADDRESS)
    Revision.objects.bulk_create(
        _revision(batch.known[entry.pk], 1, batch.shapes[entry.pk], batch.at) for entry in firsts.values()
    )
    _credit(list(firsts.values()), batch)


def _draft(entry: Entry, batch: _Batch) -> Publication:
    return Publication(
        newest=1,
        language=shaping.team_language(batch.shapes[entry.pk]),
        canonical_url=entry.canonical_url,
        catalogue=batch.catalogue,
        collection=str(entry.extra.get("category", ""))[:200],
        promotable=not entry.extra.get("no_publish", False),
        gathered_at=batch.at,
        changed_at=batch.at,
    )


def _revision(publication: Publication, number: int, shape: shaping.Shape, at: datetime) -> Revision:
    values = vars(shape) | {"topics": list(shape.topics), "captions": list(shape.captions)}
    return Revision(publication=publication, number=number, digest=shape.digest, created_at=at, **values)


def _credit(entries: Iterable[Entry], batch: _Batch) -> None:
    """Credit the creator that the source belongs to; in a catalogue, everyone each record names."""
    if batch.catalogue is None:
        owner = Creator.objects.get(pk=subjects.key_of(batch.source.owner))
        named: dict[int, tuple[Creator, ...]] = {entry.pk: (owner,) for entry in entries}
    else:
        wanted = {entry.pk: shaping.creator_names(entry.authors) for entry in entries}
        by_name = creators.named({name for names in wanted.values() for name in names}, at=batch.at)
        named = {pk: tuple(by_name[shaping.name_key(name)] for name in names) for pk, names in wanted.items()}
    for pk, people in named.items():
        batch.known[pk].lead = people[0] if people else None
    _save_leads([batch.known[pk] for pk in named])
    Credit.objects.bulk_create(
        (
            Credit(publication=batch.known[pk], creator=creator, position=position)
            for pk, people in named.items()
            for position, creator in enumerate(dict.fromkeys(people))
        ),
        ignore_conflicts=True,
    )


def _save_leads(publications: Sequence[Publication]) -> None:
    leads = {publication.pk: publication.lead_id for publication in publications}
    with connection.cursor() as cursor:
        cursor.execute(_LEADS, [list(leads), list(leads.values())])


def _revise(entries: Sequence[Entry], batch: _Batch) -> None:
    primary = _tell_first(entries)
    for entry in primary:
        publication = batch.known[entry.pk]
        shape = batch.shapes[entry.pk]
        if publication.state == State.REMOVED or _newest_digest(publication) == shape.digest:
            continue
        if batch.catalogue is not None:
            _replace(publication, entry, batch)
        else:
            _add_revision(publication, shape, batch.at)


def _tell_first(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that are the first source of their publication; the others repeat it elsewhere."""
    first = set(
        Link.objects.filter(
            entry_id__in=[entry.pk for entry in entries], reason=Link.Reason.FIRST
        ).values_list("entry_id", flat=True)
    )
    return [entry for entry in entries if entry.pk in first]


def _newest_digest(publication: Publication) -> str:
    newest = Revision.objects.filter(publication=publication, number=publication.newest)
    return newest.values_list("digest", flat=True).first() or ""


def _add_revision(publication: Publication, shape: shaping.Shape, at: datetime) -> Revision:
    locked = Publication.objects.select_for_update().get(pk=publication.pk)
    if locked.state == State.WITHDRAWN:
        locked.state = after(locked.state, Step.RETURN)
    locked.newest += 1
    locked.language = shaping.team_language(shape)
    locked.changed_at = at
    locked.save(update_fields=["newest", "language", "changed_at", "state"])
    return Revision.objects.bulk_create([_revision(locked, locked.newest, shape, at)])[0]


def _replace(publication: Publication, entry: Entry, batch: _Batch) -> None:
    """Put a changed record of a catalogue in the place of the old one, of which nothing stays."""
    revision = _add_revision(publication, batch.shapes[entry.pk], batch.at)
    publication.refresh_from_db()
    publication.canonical_url = entry.canonical_url
    publication.collection = str(entry.extra.get("category", ""))[:200]
    publication.promotable = not entry.extra.get("no_publish", False)
    publication.save(update_fields=["canonical_url", "collection", "promotable"])
    gone = list(Credit.objects.filter(publication=publication).values_list("creator_id", flat=True))
    Credit.objects.filter(publication=publication).delete()
    _credit([entry], batch)
    erasing.replace_everywhere(publication, revision, at=batch.at)
    erasing.forget_creators(gone)


@transaction.atomic
def vanish(entry_ids: Collection[int], *, at: datetime) -> list[int]:
    """Withdraw what vanished at its source; return the ids of the publications withdrawn.

    A publication that another living entry still tells of stays. Of a record that left a catalogue nothing is kept:
    its revisions, name, slug and address are erased, only the withdrawal itself remains.
    """
    links = Link.objects.filter(entry_id__in=entry_ids).values_list("publication_id", flat=True)
    concerned = Publication.objects.filter(pk__in=set(links)).order_by("pk")
    _hold_catalogues(concerned)
    publications = concerned.select_for_update()
    gone = [publication for publication in publications if not _told_elsewhere(publication, entry_ids)]
    Link.objects.filter(entry_id__in=entry_ids).exclude(publication__in=gone).delete()
    for publication in gone:
        erasing.withdraw_without_trace(publication, at=at)
    return [publication.pk for publication in gone]


def _hold_catalogues(publications: QuerySet[Publication]) -> None:
    """Wait for whoever works on the same catalogues before holding anything that they may wait for.

    Who writes to the ledger keeps its lock. Gathering waited for it with the catalogue's row held, which a foreign key
    of what was being withdrawn waited for in turn.
    """
    wanted = publications.exclude(catalogue=None).values_list("catalogue_id", flat=True)
    list(Catalogue.objects.select_for_update(no_key=True).filter(pk__in=set(wanted)).order_by("pk"))


def _told_elsewhere(publication: Publication, entry_ids: Collection[int]) -> bool:
    others = publication.links.exclude(entry_id__in=entry_ids).values_list("entry_id", flat=True)
    return Entry.objects.filter(pk__in=list(others), gone_at=None).exists()
