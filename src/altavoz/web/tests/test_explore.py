"""The list of works: orders, chips, what is hidden, what was meant, what to try where nothing was found."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from altavoz.people.models import Account, Profile
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish


def page(browser: Browser, query: str = "") -> str:
    return browser.get(f"/en/explore/{query}").content.decode()


def test_orders_are_addresses(browser: Browser, publish: Publish) -> None:
    publish()
    orders = re.compile(
        r'<li><a class="chip chip-link" href="([^"]+)"( aria-current="true")? rel="nofollow">([^<]+)<'
    )
    assert orders.findall(page(browser)) == [
        ("/en/explore/?sort=newest", ' aria-current="true"', "Newest"),
        ("/en/explore/?sort=fair", "", "Everybody in turn"),
    ]
    assert [label for _, _, label in orders.findall(page(browser, "?q=asincron"))] == [
        "Best match",
        "Newest",
        "Everybody in turn",
    ]
    assert "each creator is heard once" in page(browser, "?sort=fair")


def test_each_chip_takes_one_filter_away(browser: Browser, publish: Publish) -> None:
    publish()
    html = page(browser, "?q=asincron&language=es&kind=video")
    chips = html[html.index('class="filter-chips"') :]
    chips = chips[: chips.index("</ul>")]
    assert re.findall(r'<a (?:class="chip chip-link" )?href="([^"]+)"', chips) == [
        "/en/explore/?language=es&amp;kind=video",
        "/en/explore/?q=asincron&amp;kind=video",
        "/en/explore/?q=asincron&amp;language=es",
        "/en/explore/",
    ]
    assert '<span class="badge">3</span>' in html


def test_what_a_reader_does_not_read_is_counted_and_one_tap_away(
    browser: Browser, publish: Publish, person: Account
) -> None:
    publish()
    publish(2, spoken_language="ar", title="بايثون")
    Profile.objects.update_or_create(account=person, defaults={"reads": ["es"]})
    browser.force_login(person)
    html = page(browser)
    assert "1 more in a language you do not read" in html
    assert 'href="/en/explore/?all=1"' in html
    assert page(browser, "?all=1").count('class="work-card ') == 2


def test_where_nothing_was_found_it_says_what_to_try(browser: Browser, publish: Publish) -> None:
    publish()
    html = page(browser, "?q=zzzzqqqq&kind=video")
    empty = html[html.index('class="empty-state"') :]
    assert "Take something away:" in empty
    assert 'href="/en/explore/?kind=video"' in empty
    assert 'href="/en/add/"' in empty


@pytest.mark.parametrize("query", ["?q=asincron", "?q=zzzzqqqq", "?sort=fair", "?language=es&kind=video"])
def test_every_state_swaps_to_what_a_reload_shows(browser: Browser, publish: Publish, query: str) -> None:
    publish()
    whole = page(browser, query)
    part = browser.get(f"/en/explore/{query}", headers={"HX-Request": "true"}).content.decode().strip()
    title, _, rest = part.partition("\n")
    assert title in whole
    assert rest in whole


@pytest.mark.parametrize("works", [3, 6])
def test_a_search_costs_the_same_however_much_it_finds(
    browser: Browser, publish: Publish, django_assert_num_queries: DjangoAssertNumQueries, works: int
) -> None:
    for number in range(works):
        publish(number)
    with django_assert_num_queries(5):
        html = page(browser, "?q=asincron")
    assert html.count("<mark>Asincronía</mark>") == works


def test_words_found_are_marked_in_hostile_titles(browser: Browser, publish: Publish) -> None:
    publish(title="<img src=x onerror=alert(1)> asincronía", summary="nada " * 80 + "asincronía </p>")
    html = page(browser, "?q=asincronia")
    assert "&lt;img src=x onerror=alert(1)&gt; <mark>asincronía</mark>" in html
    assert "<mark>asincronía</mark> &lt;/p&gt;" in html


def test_what_was_meant_is_one_tap_away(browser: Browser, publish: Publish) -> None:
    for number in range(5):
        publish(number)
    html = page(browser, "?q=asincrnoia&kind=video")
    assert re.findall(r'<p class="suggestion">.*?href="([^"]+)"', html) == [
        "/en/explore/?q=asincron%C3%ADa&amp;kind=video"
    ]
