"""Entries become publications: once, with their duplicates, revised when they change, gone when they go."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.core import subjects
from altavoz.core.ledger import actions as ledger
from altavoz.moderation.models import Case
from altavoz.search.documents import Query
from altavoz.search.queries import find
from altavoz.showcase import actions
from altavoz.showcase.models import Creator, Credit, Link, Publication, Revision
from altavoz.showcase.states import Basis, State
from altavoz.showcase.tests.builders import a_catalogue, a_channel, a_creator, an_entry

pytestmark = pytest.mark.django_db


def _titles(publication: Publication) -> list[str]:
    return list(publication.revisions.order_by("number").values_list("title", flat=True))


def _found(words: str) -> list[str]:
    return [hit.subject for hit in find(Query(text=words)).hits]


def test_a_new_entry_becomes_a_draft_credited_to_its_channel(at: datetime) -> None:
    creator = a_creator(at=at)
    entry = an_entry(a_channel(creator, at=at), at=at)
    (pk,) = actions.gather([entry.pk], at=at)
    publication = Publication.objects.get(pk=pk)
    assert (publication.state, publication.newest, publication.language) == (State.DRAFT, 1, "es")
    assert _titles(publication) == ["Obra 1"]
    assert list(publication.credits.values_list("creator_id", flat=True)) == [creator.pk]
    assert publication.lead == creator


def test_gathering_the_same_entry_again_changes_nothing(at: datetime) -> None:
    entry = an_entry(a_channel(a_creator(at=at), at=at), at=at)
    assert actions.gather([entry.pk], at=at) == actions.gather([entry.pk], at=at)
    assert (Publication.objects.count(), Revision.objects.count(), Link.objects.count()) == (1, 1, 1)


def test_entries_of_one_address_are_one_publication_with_the_reason_kept(at: datetime) -> None:
    blog = a_channel(a_creator(at=at), at=at)
    mirror = a_channel(a_creator("Beto", at=at), at=at, slug="beto")
    address = "https://ana.example.org/1/"
    first = an_entry(blog, at=at, canonical_url=address)
    again = an_entry(blog, "2", at=at, canonical_url=address)
    elsewhere = an_entry(mirror, at=at, canonical_url=address, title="Otra forma de decirlo")
    actions.gather([first.pk, again.pk], at=at)
    actions.gather([elsewhere.pk], at=at)
    publication = Publication.objects.get()
    assert list(publication.links.order_by("entry_id").values_list("reason", flat=True)) == [
        Link.Reason.FIRST,
        Link.Reason.SAME_ADDRESS,
        Link.Reason.SAME_ADDRESS,
    ]
    assert _titles(publication) == ["Obra 1"]


def test_entries_without_an_address_stay_apart(at: datetime) -> None:
    source = a_channel(a_creator(at=at), at=at)
    entries = [an_entry(source, str(number), at=at, canonical_url="") for number in (1, 2)]
    assert len(actions.gather([entry.pk for entry in entries], at=at)) == 2


def test_what_is_gone_or_unknown_is_not_gathered(at: datetime) -> None:
    source = a_channel(a_creator(at=at), at=at)
    gone = an_entry(source, at=at, gone_at=at, gone_reason="missing")
    assert actions.gather([gone.pk, 999_999], at=at) == []


def test_a_change_adds_a_revision_and_what_was_approved_stays_visible(at: datetime) -> None:
    entry = an_entry(a_channel(a_creator(at=at), at=at), at=at)
    (pk,) = actions.gather([entry.pk], at=at)
    actions.submit_waiting(at=at)
    publication = Publication.objects.get(pk=pk)
    actions.publish(subject=publication.subject, revision=1, at=at)
    entry.title = "Obra uno, corregida"
    entry.save()
    actions.gather([entry.pk], at=at)
    actions.submit_waiting(at=at)
    publication.refresh_from_db()
    assert publication.published_revision is not None
    assert (publication.published_revision.number, publication.newest) == (1, 2)
    shown = subjects.describe(publication.subject)
    assert shown is not None
    assert shown.title == "Obra 1"
    assert _found("corregida") == []
    change = Case.objects.get(kind="change")
    assert (change.subject, change.revision, change.state) == (publication.subject, 2, "open")


def test_a_record_that_changed_replaces_the_old_one_without_trace(at: datetime) -> None:
    catalogue = a_catalogue(at=at)
    entry = an_entry(catalogue.source, at=at, title="Charla", authors=["Nombre Antiguo"])
    (pk,) = actions.gather([entry.pk], at=at)
    actions.adopt_batch(catalogue=catalogue.subject, language="es", collections=(), adoption=7, at=at)
    assert _found("antiguo") == [f"showcase.publication:{pk}"]
    entry.authors, entry.title = ["Nombre Nuevo"], "Charla nueva"
    entry.save()
    actions.gather([entry.pk], at=at + timedelta(days=1))
    publication = Publication.objects.get(pk=pk)
    assert (publication.state, publication.basis, publication.adoption) == (
        State.PUBLISHED,
        Basis.CATALOGUE,
        7,
    )
    assert _titles(publication) == ["Charla nueva"]
    assert list(Creator.objects.values_list("name", flat=True)) == ["Nombre Nuevo"]
    assert (_found("antiguo"), _found("nuevo")) == ([], [publication.subject])
    actions.submit_waiting(at=at + timedelta(days=1))
    assert Case.objects.filter(subject=publication.subject, revision=2, state="open").exists()


def test_an_approved_record_that_changed_is_hidden_until_it_is_approved_again(at: datetime) -> None:
    catalogue = a_catalogue(at=at)
    entry = an_entry(catalogue.source, at=at)
    (pk,) = actions.gather([entry.pk], at=at)
    actions.submit_waiting(at=at)
    actions.publish(subject=f"showcase.publication:{pk}", revision=1, at=at)
    entry.title = "Otra cosa"
    entry.save()
    actions.gather([entry.pk], at=at)
    assert Publication.objects.get(pk=pk).state == State.DRAFT
    assert _found("obra") == []


def test_a_record_that_left_is_withdrawn_and_leaves_no_trace(at: datetime) -> None:
    catalogue = a_catalogue(at=at)
    entry = an_entry(catalogue.source, at=at, authors=["Nombre Antiguo"])
    (pk,) = actions.gather([entry.pk], at=at)
    actions.adopt_batch(catalogue=catalogue.subject, language="es", collections=(), adoption=7, at=at)
    entry.gone_at, entry.gone_reason = at, "removed"
    entry.save()
    assert actions.vanish([entry.pk], at=at) == [pk]
    publication = Publication.objects.get(pk=pk)
    assert (publication.state, publication.canonical_url, publication.newest) == (State.WITHDRAWN, "", 0)
    assert (Revision.objects.count(), Credit.objects.count(), Creator.objects.count()) == (0, 0, 0)
    assert _found("obra") == []
    assert subjects.describe(publication.subject) is None
    assert ledger.verify().first_bad is None
    assert actions.vanish([entry.pk], at=at) == []


def test_what_another_source_still_has_stays(at: datetime) -> None:
    address = "https://ana.example.org/1/"
    first = an_entry(a_channel(a_creator(at=at), at=at), at=at, canonical_url=address)
    other = an_entry(a_channel(a_creator("Beto", at=at), at=at, slug="b"), at=at, canonical_url=address)
    (pk,) = actions.gather([first.pk], at=at)
    actions.gather([other.pk], at=at)
    assert actions.vanish([first.pk], at=at) == []
    other.gone_at, other.gone_reason = at, "missing"
    other.save()
    assert actions.vanish([other.pk], at=at) == [pk]


def test_a_work_whose_creator_withdrew_it_does_not_return_by_itself(at: datetime) -> None:
    entry = an_entry(a_channel(a_creator(at=at), at=at), at=at)
    (pk,) = actions.gather([entry.pk], at=at)
    Publication.objects.filter(pk=pk).update(state=State.WITHDRAWN, submitted=1)
    actions.gather([entry.pk], at=at)
    assert Publication.objects.get(pk=pk).state == State.WITHDRAWN


def test_gathering_costs_the_same_number_of_queries_for_one_and_for_many(
    at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    source = a_channel(a_creator(at=at), at=at)
    for count in (1, 3):
        entries = [an_entry(source, f"{count}-{number}", at=at) for number in range(count)]
        with django_assert_num_queries(12):
            actions.gather([entry.pk for entry in entries], at=at)


def test_a_creator_whose_last_work_went_keeps_the_channel(at: datetime) -> None:
    creator = a_creator(at=at)
    entry = an_entry(a_channel(creator, at=at), at=at)
    actions.gather([entry.pk], at=at)
    entry.gone_at, entry.gone_reason = at, "removed"
    entry.save()
    actions.vanish([entry.pk], at=at)
    assert list(Creator.objects.all()) == [creator]
