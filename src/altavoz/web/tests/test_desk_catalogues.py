"""Catalogues on the desk of leads: one proposes, another signs, any revokes with a reason; nobody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from altavoz.ingest.models import Source
from altavoz.moderation.models import Adoption
from altavoz.people.models import Account
from altavoz.showcase.models import Catalogue, Publication, Revision
from altavoz.showcase.shelves import Part, Shelf, shelves
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.people import an_account, browser_of, in_team

pytestmark = pytest.mark.django_db
HERE = "/en/moderate/catalogues/"


@pytest.fixture(autouse=True)
def _settings(settings: LazySettings) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = False


@pytest.fixture
def catalogue(at: datetime) -> Catalogue:
    return _catalogue("charlas", at)


def _catalogue(slug: str, at: datetime) -> Catalogue:
    source = Source.objects.create(
        kind="catalogue", address=slug, feed_url=f"https://{slug}.example/", owner="", added_at=at
    )
    made = Catalogue.objects.create(
        slug=slug, name=slug.title(), url=f"https://{slug}.example/", source=source
    )
    for number, (language, part) in enumerate((("es", "norte"), ("es", "sur"), ("es", "sur"), ("ja", "sur"))):
        work = Publication.objects.create(
            state="draft", newest=1, language=language, catalogue=made, collection=part,
            gathered_at=at, changed_at=at,
        )  # fmt: skip
        Revision.objects.create(
            publication=work, number=1, title=f"{part} {number}", slug=f"{slug}-{number}", kind="talk",
            metadata_language=language, spoken_language=language, url=f"https://{slug}.example/{number}",
            digest=str(number), created_at=at,
        )  # fmt: skip
    return made


def a_lead(name: str, at: datetime, language: str = "es") -> Account:
    return in_team(an_account(name, at=at), "moderation", language, at=at, role="lead")


@pytest.fixture
def first(at: datetime) -> Browser:
    return browser_of(a_lead("Rosa", at))


@pytest.fixture
def other(at: datetime) -> Browser:
    return browser_of(a_lead("Iker", at))


def _propose(browser: Browser, catalogue: Catalogue, language: str = "es", **given: object) -> int:
    return browser.post(f"{HERE}{catalogue.pk}/{language}/", given).status_code


def test_a_shelf_counts_the_works_of_one_language(catalogue: Catalogue) -> None:
    assert shelves(["es"]) == (Shelf(catalogue, "es", (Part("norte", 1), Part("sur", 2)), 3, 0),)


def test_two_leads_make_the_chosen_categories_visible(
    catalogue: Catalogue, first: Browser, other: Browser, deliver: Callable[[], int]
) -> None:
    assert _propose(first, catalogue, categories=["sur"]) == 302
    assert "You proposed it. Another lead of the team has to sign." in first.get(HERE).text
    adoption = Adoption.objects.get()
    assert adoption.scope == {"import": "charlas", "categories": ["sur"]}
    assert other.post(f"/en/moderate/adoptions/{adoption.pk}/sign/").headers["Location"] == HERE
    deliver()
    shown = Publication.objects.filter(published_revision__isnull=False)
    assert sorted(shown.values_list("language", "collection")) == [("es", "sur"), ("es", "sur")]
    assert "2 visible" in first.get(HERE).text


def test_with_none_ticked_it_is_the_whole_of_that_language(
    catalogue: Catalogue, first: Browser, other: Browser, deliver: Callable[[], int]
) -> None:
    _propose(first, catalogue)
    other.post(f"/en/moderate/adoptions/{Adoption.objects.get().pk}/sign/")
    deliver()
    shown = Publication.objects.filter(published_revision__isnull=False)
    assert sorted(shown.values_list("language", flat=True)) == ["es", "es", "es"]


def test_nobody_signs_their_own_proposal(catalogue: Catalogue, first: Browser) -> None:
    _propose(first, catalogue)
    answer = first.post(f"/en/moderate/adoptions/{Adoption.objects.get().pk}/sign/")
    assert answer.status_code == 409
    assert "The second signature must come from another lead of the team." in answer.text


def test_a_second_click_proposes_nothing_twice(catalogue: Catalogue, first: Browser) -> None:
    assert [_propose(first, catalogue), _propose(first, catalogue)] == [302, 409]
    assert Adoption.objects.count() == 1


def test_a_category_that_is_gone_is_told(catalogue: Catalogue, first: Browser) -> None:
    assert _propose(first, catalogue, categories=["oeste"]) == 409
    assert not Adoption.objects.exists()


def test_a_revocation_has_a_reason_and_takes_down(
    catalogue: Catalogue, first: Browser, other: Browser, deliver: Callable[[], int]
) -> None:
    _propose(first, catalogue)
    address = f"/en/moderate/adoptions/{Adoption.objects.get().pk}/"
    other.post(f"{address}sign/")
    deliver()
    missing = other.post(f"{address}revoke/", {"reason": " "})
    assert (missing.status_code, Adoption.objects.get().revoked_at) == (422, None)
    assert other.post(f"{address}revoke/", {"reason": "Nobody looks after it."}).status_code == 302
    deliver()
    assert not Publication.objects.filter(published_revision__isnull=False).exists()
    assert Adoption.objects.get().revoked_because == "Nobody looks after it."


def test_members_and_leads_of_other_languages_have_no_part_in_it(
    catalogue: Catalogue, first: Browser, at: datetime
) -> None:
    _propose(first, catalogue)
    sign = f"/en/moderate/adoptions/{Adoption.objects.get().pk}/sign/"
    japanese = browser_of(a_lead("Aiko", at, "ja"))
    assert (japanese.post(sign).status_code, _propose(japanese, catalogue, "es")) == (404, 404)
    member = browser_of(in_team(an_account("Otto", at=at), "moderation", "es", at=at))
    assert (member.get(HERE).status_code, member.post(sign).status_code) == (403, 403)


@pytest.mark.parametrize("catalogues", [1, 3])
def test_the_page_costs_the_same_whatever_is_on_it(first: Browser, at: datetime, catalogues: int) -> None:
    for number in range(catalogues):
        _catalogue(f"charlas-{number}", at)
    with (
        travel(at, tick=False),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        assert first.get(HERE).status_code == 200
    assert len(asked) == 7


def test_without_catalogues_the_page_says_what_would_stand_here(first: Browser) -> None:
    assert "No catalogue yet" in first.get(HERE).text
