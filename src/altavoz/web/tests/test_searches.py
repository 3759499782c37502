"""Saved searches: only one's own, each with its list and its feeds."""

import re

from pytest_django import DjangoAssertNumQueries

from altavoz.people.models import Account
from altavoz.search.models import SavedSearch
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

_ORIGIN = {"Origin": "https://altavoz.example"}


def save(browser: Browser, query: str) -> int:
    return browser.post("/en/searches/save/", {"query": query}, headers=_ORIGIN).status_code


def test_a_search_is_saved_found_again_and_deleted(
    browser: Browser, publish: Publish, person: Account
) -> None:
    publish()
    browser.force_login(person)
    html = browser.get("/en/explore/?q=asincron%C3%ADa&language=es&cursor=x").content.decode()
    (query,) = re.findall(r'name="query" value="([^"]+)"', html)
    assert query == "q=asincron%C3%ADa&amp;language=es"
    assert save(browser, query.replace("&amp;", "&")) == 302
    (saved,) = SavedSearch.objects.all()
    assert (saved.account_id, saved.query, saved.name) == (
        person.pk,
        "q=asincron%C3%ADa&language=es",
        "asincronía · Español",
    )
    listed = browser.get("/en/searches/").content.decode()
    assert 'href="/en/explore/?q=asincron%C3%ADa&amp;language=es"' in listed
    assert 'href="/feeds/atom/?q=asincron%C3%ADa&amp;language=es"' in listed
    browser.post(f"/en/searches/{saved.pk}/forget/", headers=_ORIGIN)
    assert not SavedSearch.objects.exists()
    assert 'class="empty-state"' in browser.get("/en/searches/").content.decode()


def test_a_search_is_named_in_words(browser: Browser, person: Account) -> None:
    browser.force_login(person)
    save(browser, "kind=podcast&language=ja&sort=fair")
    names = [saved.name for saved in SavedSearch.objects.all()]
    assert names == ["日本語 · Podcast"]
    save(browser, "sort=fair")
    assert {saved.name for saved in SavedSearch.objects.all()} == {"日本語 · Podcast", "sort=fair"}


def test_nothing_is_not_saved(browser: Browser, person: Account) -> None:
    browser.force_login(person)
    save(browser, "utm_source=x")
    assert not SavedSearch.objects.exists()
    assert "could not be saved" in browser.get("/en/searches/").content.decode()


def test_somebody_elses_search_is_not_there(browser: Browser, person: Account, publish: Publish) -> None:
    publish()
    other = Account.objects.create(email="o@altavoz.example", name="O", date_joined=person.date_joined)
    saved = SavedSearch.objects.create(account=other, name="x", query="q=x", created_at=person.date_joined)
    browser.force_login(person)
    assert browser.post(f"/en/searches/{saved.pk}/forget/", headers=_ORIGIN).status_code == 404
    assert SavedSearch.objects.exists()


def test_visitors_get_feeds_and_no_button(browser: Browser, publish: Publish) -> None:
    publish()
    html = browser.get("/en/explore/?language=es").content.decode()
    assert "Save this search" not in html
    assert 'href="/feeds/atom/?language=es"' in html
    assert browser.get("/en/searches/").status_code == 302


def test_the_list_costs_the_same_however_long(
    browser: Browser, person: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser.force_login(person)
    counts = []
    for number in range(3):
        save(browser, f"q=x{number}")
        browser.get("/en/searches/")  # shows the message and forgets it
        with django_assert_num_queries(4):
            counts.append(browser.get("/en/searches/").content.decode().count("desk-item"))
    assert counts == [1, 2, 3]
