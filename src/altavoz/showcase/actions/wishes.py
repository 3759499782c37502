"""What people asked for: how to take a channel's works, and which languages a work is really in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta

from django.db import transaction

from altavoz.core import languages
from altavoz.core.ledger import actions as ledger
from altavoz.ingest import actions as ingest
from altavoz.ingest.models import Entry, Source
from altavoz.people.models import Account
from altavoz.showcase import policies, shaping
from altavoz.showcase.actions import reviewing
from altavoz.showcase.models import Correction, Link, Publication, Revision, Wish
from altavoz.showcase.states import LIVING, Step, StepRefusedError

#: What has no date of its own and was there at the first reading is older than the wish.
_FIRST_READING = timedelta(hours=1)
_COPIED = tuple(each.name for each in fields(shaping.Shape))


@transaction.atomic
def remember_wish(
    *, source: Source, topics: Sequence[str] = (), level: str = "", since: datetime | None = None
) -> None:
    """Keep what is said of all works of a channel; nothing is kept where nothing is said."""
    if topics or level or since:
        said = {"topics": list(shaping.topic_slugs(topics)), "level": level, "since": since}
        Wish.objects.update_or_create(source=source, defaults=said)


@transaction.atomic
def want_everything(*, source: Source, at: datetime) -> list[int]:
    """Take also what was published before the channel was added; return the ids of the works that came with it."""
    from altavoz.showcase.actions.gathering import gather

    Wish.objects.filter(source=source).update(since=None)
    waiting = Entry.objects.filter(source=source, gone_at=None)
    known = set(Link.objects.filter(entry_id__in=waiting.values("pk")).values_list("entry_id", flat=True))
    made = gather([pk for pk in waiting.values_list("pk", flat=True) if pk not in known], at=at)
    reviewing.submit_waiting(at=at, only=made)
    return made


def want_archive(*, source: Source, at: datetime) -> bool:
    """Have the works read that a channel no longer lists; return False where there is no way to them."""
    return ingest.import_back_catalogue(source=source, at=at)


def wish_of(source: Source) -> Wish | None:
    """Return what was said of a channel's works."""
    return Wish.objects.filter(source=source).first()


def wanted(entries: Sequence[Entry], wish: Wish | None) -> list[Entry]:
    """Return the entries without those that are older than what was asked for; what is here already stays."""
    if wish is None or wish.since is None:
        return list(entries)
    old = {entry.pk for entry in entries if _is_older(entry, wish.since)}
    kept = set(Link.objects.filter(entry_id__in=old).values_list("entry_id", flat=True)) if old else set()
    return [entry for entry in entries if entry.pk not in old or entry.pk in kept]


def _is_older(entry: Entry, since: datetime) -> bool:
    if entry.published_at is not None:
        return entry.published_at < since
    return entry.first_seen_at < since + _FIRST_READING


def shapes(entries: Sequence[Entry], wish: Wish | None) -> dict[int, shaping.Shape]:
    """Return what the entries look like here, by id: as told, with the topics of the wish."""
    topics = tuple(wish.topics) if wish else ()
    plain = {entry.pk: shaping.shape(entry) for entry in entries}
    if not topics:
        return plain
    return {pk: replace(shape, topics=_joined(shape.topics, topics)) for pk, shape in plain.items()}


def _joined(own: Sequence[str], wished: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *wished]))[: shaping.MOST_TOPICS]


def corrected(
    shapes: Mapping[int, shaping.Shape], known: Mapping[int, Publication]
) -> dict[int, shaping.Shape]:
    """Return the shapes in the languages that creators named for works that are `known`, by entry."""
    works = {publication.pk for publication in known.values()}
    said = (
        {row.publication_id: row for row in Correction.objects.filter(publication__in=works)} if works else {}
    )
    return {
        pk: _in_language(shape, said.get(known[pk].pk)) if pk in known else shape
        for pk, shape in shapes.items()
    }


def _in_language(shape: shaping.Shape, said: Correction | None) -> shaping.Shape:
    if said is None:
        return shape
    return replace(shape, spoken_language=said.spoken_language, metadata_language=said.metadata_language)


def settle_level(ids: Collection[int], wish: Wish | None) -> None:
    """Let works that have no level of their own have the one that was said of the channel."""
    if wish is not None and wish.level and ids:
        Publication.objects.filter(pk__in=ids, level="").update(level=wish.level)


@transaction.atomic
def correct_language(
    *, publication: Publication, spoken: str, metadata: str, by: Account, at: datetime
) -> Revision | None:
    """Let a creator say which languages a work is in; return the new revision, None where that is known already.

    Afterwards a revision in these languages goes to the team that can judge it, and what was approved before stays
    visible meanwhile; whatever the source says later, these languages stay. Raises PermissionDenied for anyone but
    an owner, StepRefusedError for a work that is withdrawn or removed.
    """
    locked = Publication.objects.select_for_update().get(pk=publication.pk)
    policies.demand("showcase.correct_publication", by, locked)
    if locked.state not in LIVING:
        raise StepRefusedError(locked.state, Step.SUBMIT)
    said = {
        "spoken_language": languages.base(languages.normalise(spoken)),
        "metadata_language": languages.normalise(metadata),
    }
    Correction.objects.update_or_create(publication=locked, defaults={**said, "by": by, "at": at})
    old = Revision.objects.get(publication=locked, number=locked.newest)
    shape = _shape_of(old)
    new = replace(shape, spoken_language=said["spoken_language"], metadata_language=said["metadata_language"])
    if new == shape:
        return None
    revision = _revise(locked, old, new, at)
    ledger.append("showcase.language_corrected", subject=locked.subject, by=by.pk, public=said, at=at)
    reviewing.submit_waiting(at=at, only=[locked.pk])
    return revision


def _shape_of(revision: Revision) -> shaping.Shape:
    told = {name: getattr(revision, name) for name in _COPIED}
    return shaping.Shape(**(told | {"topics": tuple(revision.topics), "captions": tuple(revision.captions)}))


def _revise(locked: Publication, old: Revision, shape: shaping.Shape, at: datetime) -> Revision:
    locked.newest += 1
    locked.language = shaping.team_language(shape)
    locked.changed_at = at
    locked.sampled = True  # of a catalogue: its adoption was for another language, so volunteers look
    locked.save(update_fields=["newest", "language", "changed_at", "sampled"])
    values = vars(shape) | {"topics": list(shape.topics), "captions": list(shape.captions)}
    fresh = Revision(publication=locked, number=locked.newest, digest=shape.digest, created_at=at, **values)
    fresh.thumbnail_id = old.thumbnail_id
    fresh.save(force_insert=True)
    return fresh
