"""Revisions reach the moderators at a pace they can bear, and their decisions take effect."""

from datetime import datetime, timedelta

import pytest

from altavoz.core.models import Event
from altavoz.moderation.models import Case
from altavoz.promotion.models import Candidate
from altavoz.search.documents import Query
from altavoz.search.queries import find
from altavoz.showcase import actions
from altavoz.showcase.actions import reviewing
from altavoz.showcase.models import Publication
from altavoz.showcase.states import Basis, State
from altavoz.showcase.tests.builders import a_catalogue, a_channel, a_creator, an_entry

pytestmark = pytest.mark.django_db


def _gathered(at: datetime, count: int = 1, name: str = "Ana") -> list[Publication]:
    source = a_channel(a_creator(name, at=at), at=at, slug=name.lower())
    made = [
        actions.gather([an_entry(source, str(number), at=at).pk], at=at + timedelta(minutes=number))[0]
        for number in range(count)
    ]
    return list(Publication.objects.filter(pk__in=made).order_by("pk"))


def _pending() -> int:
    return Publication.objects.filter(state=State.PENDING).count()


def test_a_creator_has_five_works_in_review_at_a_time(at: datetime) -> None:
    works = _gathered(at, 7)
    _gathered(at, 2, "Beto")
    assert actions.submit_waiting(at=at) == 7  # five of Ana's, two of Beto's
    assert actions.submit_waiting(at=at) == 0
    actions.publish(subject=works[0].subject, revision=1, at=at)
    assert actions.submit_waiting(at=at) == 1
    assert Case.objects.filter(state="open").count() == 8


def test_a_catalogue_hands_over_so_many_records_a_day(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "CATALOGUE_PER_DAY", 2)
    catalogue = a_catalogue(at=at)
    entries = [an_entry(catalogue.source, str(number), at=at) for number in range(5)]
    entries.append(an_entry(catalogue.source, "pt", at=at, spoken_language="pt"))
    actions.gather([entry.pk for entry in entries], at=at)
    assert actions.submit_waiting(at=at) == 3  # two in Spanish, one in Portuguese
    assert actions.submit_waiting(at=at + timedelta(hours=23)) == 0
    assert actions.submit_waiting(at=at + timedelta(hours=25)) == 2
    assert set(Case.objects.values_list("lane", flat=True)) == {"low"}


def test_only_the_named_ones_are_submitted(at: datetime) -> None:
    first, _second = _gathered(at, 2)
    assert actions.submit_waiting(at=at, only=[first.pk]) == 1
    assert _pending() == 1


def test_what_is_approved_is_visible_found_and_offered(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    assert find(Query(text="obra")).hits == ()
    assert actions.publish(subject=work.subject, revision=1, at=at)
    work.refresh_from_db()
    assert (work.state, work.basis, work.first_published_at) == (State.PUBLISHED, Basis.QUORUM, at)
    assert [hit.subject for hit in find(Query(text="obra")).hits] == [work.subject]
    assert list(Candidate.objects.values_list("subject", "language")) == [(work.subject, "es")]
    event = Event.objects.get(name="showcase.publication_published")
    assert (event.subject, event.body["revision"], event.body["basis"]) == (work.subject, 1, "quorum")


def test_the_same_decision_taken_twice_changes_nothing(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    assert actions.publish(subject=work.subject, revision=1, at=at)
    assert not actions.publish(subject=work.subject, revision=1, at=at)
    assert Event.objects.filter(name="showcase.publication_published").count() == 1


def test_a_decision_on_what_is_not_there_any_more_is_passed_over(at: datetime) -> None:
    (work,) = _gathered(at)
    assert not actions.publish(subject=work.subject, revision=9, at=at)
    actions.remove(publication=work, reason="spam", at=at)
    assert not actions.publish(subject=work.subject, revision=1, at=at)
    assert not actions.decline(subject=work.subject, revision=1, at=at)


def test_what_is_declined_stays_unseen_until_it_changes(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    assert actions.decline(subject=work.subject, revision=1, at=at)
    assert not actions.decline(subject=work.subject, revision=1, at=at)
    work.refresh_from_db()
    assert (work.state, work.declined) == (State.DRAFT, 1)
    assert actions.submit_waiting(at=at) == 0


def test_a_declined_change_leaves_what_was_approved(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    actions.publish(subject=work.subject, revision=1, at=at)
    Publication.objects.filter(pk=work.pk).update(newest=2, submitted=2)
    assert actions.decline(subject=work.subject, revision=2, at=at)
    work.refresh_from_db()
    assert (work.state, work.basis) == (State.PUBLISHED, Basis.QUORUM)


def test_a_newer_revision_in_review_is_not_sent_back_by_a_decision_on_the_older(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    Publication.objects.filter(pk=work.pk).update(newest=2, submitted=2)
    actions.decline(subject=work.subject, revision=1, at=at)
    work.refresh_from_db()
    assert work.state == State.PENDING


def test_a_work_in_review_that_changes_is_submitted_again_at_once(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    revision = work.revisions.get()
    revision.pk, revision.number = None, 2
    revision.save(force_insert=True)
    Publication.objects.filter(pk=work.pk).update(newest=2)
    assert actions.submit_waiting(at=at) == 1
    assert list(Case.objects.order_by("revision").values_list("revision", "state")) == [
        (1, "superseded"),
        (2, "open"),
    ]


def test_what_must_not_be_rehosted_is_never_offered(at: datetime) -> None:
    catalogue = a_catalogue(at=at)
    entry = an_entry(catalogue.source, at=at, extra={"no_publish": True})
    (pk,) = actions.gather([entry.pk], at=at)
    actions.submit_waiting(at=at)
    actions.publish(subject=f"showcase.publication:{pk}", revision=1, at=at)
    assert Candidate.objects.count() == 0


def test_an_approval_that_no_longer_stands_hides_the_work_and_it_waits_for_a_new_one(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    actions.publish(subject=work.subject, revision=1, at=at)
    undone = {"subject": work.subject, "revision": 1, "outcome": "published", "at": at}
    assert actions.reconsider(**undone, reopened=True)  # type: ignore[arg-type]
    work.refresh_from_db()
    assert (work.state, find(Query(text="obra")).hits) == (State.PENDING, ())
    assert not actions.reconsider(**undone, reopened=True)  # type: ignore[arg-type]
    assert actions.publish(subject=work.subject, revision=1, at=at)


def test_a_rejection_that_no_longer_stands_lets_the_work_be_approved(at: datetime) -> None:
    (work,) = _gathered(at)
    actions.submit_waiting(at=at)
    actions.decline(subject=work.subject, revision=1, at=at)
    assert actions.reconsider(subject=work.subject, revision=1, outcome="rejected", reopened=False, at=at)
    work.refresh_from_db()
    assert (work.state, work.declined) == (State.DRAFT, 0)
    assert not actions.reconsider(subject=work.subject, revision=1, outcome="rejected", reopened=True, at=at)
