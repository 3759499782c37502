"""Handing revisions to the moderators, at a pace they can bear, and taking their decisions."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from altavoz.core import subjects
from altavoz.moderation import actions as moderation
from altavoz.showcase.actions import visibility
from altavoz.showcase.models import Publication, Revision
from altavoz.showcase.states import Basis, State, Step, StepRefusedError, after

#: How many works of one creator may be in review at a time; the rest wait their turn.
OPEN_PER_CREATOR = 5
#: How many records of catalogues reach one language's queue in a day.
CATALOGUE_PER_DAY = 20
_ONCE = 500


@transaction.atomic
def submit_waiting(*, at: datetime, only: Sequence[int] | None = None) -> int:
    """Open cases for waiting revisions, oldest first, within the pace of creators and catalogues; return how many.

    Afterwards each submitted draft is pending with one open case on its newest revision, and each changed published
    work keeps its approved revision visible while a change case is open. `only` narrows to some publications.
    """
    waiting = _waiting() if only is None else _waiting().filter(pk__in=only)
    chosen = [*_changes(waiting), *_own(waiting), *_of_catalogues(waiting, at)]
    rows = Publication.objects.filter(pk__in=chosen).select_for_update(skip_locked=True)
    count = 0
    for publication in rows.order_by("gathered_at", "pk"):
        _submit(publication, at=at)
        count += 1
    return count


def _waiting() -> QuerySet[Publication]:
    wanted = Q(state__in=(State.DRAFT, State.PENDING, State.PUBLISHED)) & (
        ~Q(basis=Basis.CATALOGUE) | Q(sampled=True)
    )
    return Publication.objects.filter(wanted, newest__gt=F("submitted")).order_by("gathered_at", "pk")


def _changes(waiting: QuerySet[Publication]) -> list[int]:
    """Return what was in review or visible already: its new revision does not wait."""
    # An adopted record that was handed over before may have a case on words that are gone now.
    handed = Q(basis=Basis.CATALOGUE, submitted_at__isnull=False)
    again = waiting.filter(Q(state=State.PENDING) | Q(basis=Basis.QUORUM) | handed)
    return list(again.values_list("pk", flat=True)[:_ONCE])


def _own(waiting: QuerySet[Publication]) -> list[int]:
    """Return new works of channels: as many of each creator as have room beside what is in review."""
    turn = Window(RowNumber(), partition_by=F("lead"), order_by=[F("gathered_at"), F("pk")])
    drafts = waiting.filter(state=State.DRAFT, catalogue=None).annotate(turn=turn)
    first = list(drafts.filter(turn__lte=OPEN_PER_CREATOR).values_list("pk", "lead_id", "turn")[:_ONCE])
    pending = Publication.objects.filter(
        state=State.PENDING, catalogue=None, lead__in={lead for _, lead, _ in first}
    )
    busy = dict(pending.values_list("lead").annotate(Count("pk")))
    return [pk for pk, lead, turn in first if turn + busy.get(lead, 0) <= OPEN_PER_CREATOR]


def _of_catalogues(waiting: QuerySet[Publication], at: datetime) -> list[int]:
    """Return records of catalogues: as many of each language as its team is handed in a day."""
    records = waiting.filter(catalogue__isnull=False).exclude(state=State.PENDING)
    since = at - timedelta(days=1)
    handed = Publication.objects.filter(catalogue__isnull=False, submitted_at__gt=since)
    lately = dict(handed.order_by().values_list("language").annotate(Count("pk")))
    chosen: list[int] = []
    for language in records.order_by().values_list("language", flat=True).distinct():
        room = max(0, CATALOGUE_PER_DAY - lately.get(language, 0))
        chosen += records.filter(language=language).values_list("pk", flat=True)[:room]
    return chosen


def _submit(publication: Publication, *, at: datetime) -> None:
    if publication.state == State.DRAFT:
        publication.state = after(publication.state, Step.SUBMIT)
    publication.submitted = publication.newest
    publication.submitted_at = at
    publication.save(update_fields=["state", "submitted", "submitted_at"])
    moderation.open_case(
        subject=publication.subject,
        revision=publication.newest,
        kind="change" if publication.basis == Basis.QUORUM else "intake",
        language=publication.language,
        at=at,
        low=publication.catalogue_id is not None,
    )


@transaction.atomic
def publish(*, subject: str, revision: int, at: datetime) -> bool:
    """Show the revision that the moderators approved; return False where it is not there or not wanted any more.

    Taking the same decision twice changes nothing. An older revision than the visible one is not shown.
    """
    publication = Publication.objects.select_for_update().get(pk=subjects.key_of(subject))
    approved = Revision.objects.filter(publication=publication, number=revision).first()
    shown = publication.published_revision
    stale = shown is not None and publication.basis == Basis.QUORUM and shown.number >= revision
    if approved is None or stale:
        return False
    try:
        visibility.show(publication, approved, basis=Basis.QUORUM, at=at)
    except StepRefusedError:
        return False  # withdrawn or removed while the moderators were deciding
    return True


@transaction.atomic
def decline(*, subject: str, revision: int, at: datetime) -> bool:
    """Take note that the moderators did not approve a revision; return False where that changes nothing.

    A new work stays unseen until its creator changes it; a published one keeps showing what was approved. A record
    that was visible by adoption alone is hidden: volunteers looked, and said no.
    """
    publication = Publication.objects.select_for_update().get(pk=subjects.key_of(subject))
    if publication.declined >= revision or publication.state not in {State.PENDING, State.PUBLISHED}:
        return False
    publication.declined = revision
    publication.save(update_fields=["declined"])
    if publication.basis == Basis.CATALOGUE:
        visibility.hide(publication, Step.HIDE, reason="declined", at=at)
    elif publication.state == State.PENDING and publication.newest == revision:
        publication.state = after(publication.state, Step.DECLINE)
        publication.changed_at = at
        publication.save(update_fields=["state", "changed_at"])
    return True


@transaction.atomic
def reconsider(*, subject: str, revision: int, outcome: str, reopened: bool, at: datetime) -> bool:
    """Take back what followed from a decision that no longer stands; return False where nothing did.

    What that decision alone had made visible is hidden until it is decided anew; what it had declined may be
    approved again. `reopened` tells that volunteers vote on it again already.
    """
    publication = Publication.objects.select_for_update().get(pk=subjects.key_of(subject))
    shown = publication.published_revision
    if outcome == "published":
        if shown is None or shown.number != revision or publication.basis != Basis.QUORUM:
            return False
        visibility.hide(publication, Step.HIDE, reason="decision_undone", at=at)
    elif publication.declined == revision:
        publication.declined = 0
        publication.save(update_fields=["declined"])
    else:
        return False
    if reopened and publication.state == State.DRAFT:
        publication.state = after(publication.state, Step.SUBMIT)
        publication.save(update_fields=["state"])
    return True


@transaction.atomic
def suspend(*, subject: str, at: datetime) -> bool:
    """Hide a visible work because volunteers upheld a report; return False where it was not visible.

    What was posted of it is being withdrawn. It stays suspended until a decision says otherwise.
    """
    publication = Publication.objects.select_for_update().get(pk=subjects.key_of(subject))
    if publication.state != State.PUBLISHED:
        return False
    visibility.hide(publication, Step.SUSPEND, reason="reported", at=at)
    return True


@transaction.atomic
def lift_suspension(*, subject: str, at: datetime) -> bool:
    """Let a suspended work go through review again, because the decision that hid it no longer stands."""
    publication = Publication.objects.select_for_update().get(pk=subjects.key_of(subject))
    if publication.state != State.SUSPENDED:
        return False
    visibility.hide(publication, Step.HIDE, reason="decision_undone", at=at)
    publication.submitted = publication.declined = 0
    publication.save(update_fields=["submitted", "declined"])
    return True
