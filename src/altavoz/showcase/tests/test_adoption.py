"""Adopted catalogues are shown and marked, sampled into review, never promoted on adoption alone, and hidden again."""

from datetime import datetime

import pytest

from altavoz.core import subjects
from altavoz.ingest.models import Entry
from altavoz.moderation.models import Case
from altavoz.promotion.models import Candidate
from altavoz.search.documents import Query
from altavoz.search.queries import find
from altavoz.showcase import actions
from altavoz.showcase.actions import adoption, reviewing
from altavoz.showcase.models import Catalogue, Link, Publication
from altavoz.showcase.states import Basis, State
from altavoz.showcase.tests.builders import a_catalogue, an_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(at: datetime) -> Catalogue:
    made = a_catalogue(at=at)
    rows = [
        an_entry(made.source, str(number), at=at, extra={"category": "pycon" if number < 4 else "other"})
        for number in range(5)
    ]
    rows.append(an_entry(made.source, "en", at=at, spoken_language="en", extra={"category": "pycon"}))
    actions.gather([row.pk for row in rows], at=at)
    return made


def _adopt(catalogue: Catalogue, at: datetime, *collections: str) -> bool:
    return actions.adopt_batch(
        catalogue=catalogue.subject, language="es", collections=collections, adoption=7, at=at
    )


def _visible() -> list[Publication]:
    return list(Publication.objects.filter(state=State.PUBLISHED).order_by("pk"))


def test_what_the_decision_covers_becomes_visible(catalogue: Catalogue, at: datetime) -> None:
    assert _adopt(catalogue, at, "pycon") is False
    visible = _visible()
    assert {(row.basis, row.adoption, row.collection) for row in visible} == {(Basis.CATALOGUE, 7, "pycon")}
    assert len(visible) == len(find(Query(text="obra")).hits) == 4


def test_visible_works_say_where_they_come_from(catalogue: Catalogue, at: datetime) -> None:
    _adopt(catalogue, at)
    described = subjects.describe(_visible()[0].subject)
    assert described is not None
    assert described.origin == "Talks"


def test_nothing_is_promoted_on_adoption_alone(catalogue: Catalogue, at: datetime) -> None:
    _adopt(catalogue, at)
    assert Candidate.objects.count() == 0


def test_a_large_catalogue_comes_in_batches(
    catalogue: Catalogue, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adoption, "_BATCH", 2)
    assert [_adopt(catalogue, at) for _ in range(3)] == [True, True, False]
    assert len(_visible()) == 5


def test_a_sample_goes_to_review_and_is_promoted_once_approved(
    catalogue: Catalogue, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Publication.objects.filter(language="es").order_by("pk").values_list("pk", flat=True)[0]
    monkeypatch.setattr(adoption, "sampled", lambda pk: pk == first)
    _adopt(catalogue, at)
    Publication.objects.filter(language="en").update(submitted=1)
    assert actions.submit_waiting(at=at) == 1
    case = Case.objects.get()
    assert (case.subject, case.kind) == (f"showcase.publication:{first}", "intake")
    assert Publication.objects.get(pk=first).state == State.PUBLISHED
    actions.publish(subject=case.subject, revision=1, at=at)
    row = Publication.objects.get(pk=first)
    assert (row.basis, row.adoption) == (Basis.QUORUM, None)
    assert Candidate.objects.count() == 1


def test_an_adopted_work_that_volunteers_decline_is_hidden_and_stays_so(
    catalogue: Catalogue, at: datetime
) -> None:
    _adopt(catalogue, at)
    work = _visible()[0]
    assert actions.decline(subject=work.subject, revision=1, at=at)
    _adopt(catalogue, at)
    assert work.pk not in [row.pk for row in _visible()]


def test_revoking_hides_what_stood_on_it_alone(catalogue: Catalogue, at: datetime) -> None:
    _adopt(catalogue, at)
    kept = _visible()[0]
    actions.publish(subject=kept.subject, revision=1, at=at)
    while actions.hide_adopted_batch(adoption=7, at=at):
        pass
    assert [row.pk for row in _visible()] == [kept.pk]
    assert [hit.subject for hit in find(Query(text="obra")).hits] == [kept.subject]


def test_one_in_twenty_is_sampled_and_always_the_same() -> None:
    share = sum(adoption.sampled(pk) for pk in range(1, 20_001)) / 20_000
    assert 0.045 <= share <= 0.055
    assert [adoption.sampled(pk) for pk in range(50)] == [adoption.sampled(pk) for pk in range(50)]


def test_a_record_that_changed_while_in_review_does_not_wait_for_tomorrow(
    catalogue: Catalogue, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "CATALOGUE_PER_DAY", 1)
    actions.submit_waiting(at=at)
    old = Case.objects.get(language="es")
    _adopt(catalogue, at)
    entry = Entry.objects.get(pk=Link.objects.get(publication=subjects.key_of(old.subject)).entry_id)
    entry.title = "Otra cosa"
    entry.save()
    actions.gather([entry.pk], at=at)
    assert actions.submit_waiting(at=at) == 1
    cases = Case.objects.filter(subject=old.subject).order_by("revision").values_list("revision", "state")
    assert list(cases) == [(1, "superseded"), (2, "open")]
