"""What engines may know of publications and creators."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.core import subjects
from altavoz.ingest.models import Proof
from altavoz.showcase import actions
from altavoz.showcase.models import Publication, Thumbnail
from altavoz.showcase.tests.builders import a_catalogue, a_channel, a_creator, an_account, an_entry

pytestmark = pytest.mark.django_db


def test_a_publication_is_described_as_it_stands(at: datetime) -> None:
    creator = a_creator(at=at, handles={"mastodon": "@ana@example.social"})
    (pk,) = actions.gather([an_entry(a_channel(creator, at=at), at=at, duration_s=90).pk], at=at)
    subject = f"showcase.publication:{pk}"
    assert subjects.describe(subject) == subjects.Description(
        subject=subject,
        revision=1,
        title="Obra 1",
        summary="Un resumen & nada más.",
        language="es",
        spoken_language="es",
        kind="article",
        url="https://ana.example.org/1/",
        page=f"works/{pk}-obra-1/",
        creator=creator.subject,
        creator_name="Ana Ruiz",
        creator_handles={"mastodon": "@ana@example.social"},
        published_at=at,
        duration_s=90,
    )


def test_a_picture_is_ours_and_the_largest(at: datetime) -> None:
    (pk,) = actions.gather([an_entry(a_channel(a_creator(at=at), at=at), at=at).pk], at=at)
    renditions = [{"name": "pictures/a.webp"}, {"name": "pictures/b.webp"}]
    thumbnail = Thumbnail.objects.create(url_hash="a", renditions=renditions, fetched_at=at)
    Publication.objects.get(pk=pk).revisions.update(thumbnail=thumbnail)
    described = subjects.describe(f"showcase.publication:{pk}")
    assert described is not None
    assert described.image == "/media/pictures/b.webp"


def test_many_are_described_in_three_queries(
    at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    source = a_channel(a_creator(at=at), at=at)
    for count in (1, 3):
        made = actions.gather([an_entry(source, f"{count}{n}", at=at).pk for n in range(count)], at=at)
        with django_assert_num_queries(3):
            found = subjects.describe_many([f"showcase.publication:{pk}" for pk in made])
        assert len(found) == count


def test_a_creator_is_described_too(at: datetime) -> None:
    creator = a_creator(at=at, about="Hola", about_language="es", website="https://ana.example.org/")
    described = subjects.describe(creator.subject)
    assert described is not None
    assert (described.title, described.summary, described.page) == ("Ana Ruiz", "Hola", "creators/ana-ruiz/")


def test_parties_are_owners_and_those_who_are_proving(at: datetime) -> None:
    creator = a_creator(at=at)
    source = a_channel(creator, at=at)
    (pk,) = actions.gather([an_entry(source, at=at).pk], at=at)
    owner, prover = an_account(at=at), an_account("beto@example.org", at=at)
    actions.grant_ownership(creator=creator, account=owner, method="token", at=at)
    Proof.objects.create(source=source, account=prover, method="token", token="t", asked_at=at)
    assert subjects.parties(f"showcase.publication:{pk}") == {owner.pk, prover.pk}
    assert subjects.parties(creator.subject) == {owner.pk, prover.pk}


def test_a_catalogue_is_described_and_belongs_to_nobody(at: datetime) -> None:
    catalogue = a_catalogue(at=at)
    described = subjects.describe(catalogue.subject)
    assert described is not None
    assert (described.title, described.kind) == ("Talks", "catalogue")
    assert subjects.parties(catalogue.subject) == frozenset()
