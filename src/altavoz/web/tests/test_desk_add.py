"""Adding a channel: asked, found, confirmed, proved; with a real site on this machine."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_httpserver import HTTPServer

from altavoz.ingest.models import Proof, Source
from altavoz.people.models import Account
from altavoz.showcase import actions as showcase
from altavoz.showcase.models import Creator, Ownership
from altavoz.web import limits
from altavoz.web.tests.browser import Browser

pytestmark = pytest.mark.django_db

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Serpientes de Lucía</title>
<link>{site}/</link><description>Python en español, cada semana {token}</description><language>es</language>
{items}</channel></rss>"""
ITEM = "<item><title>Bucles sin miedo {n}</title><link>{site}/{n}</link><guid>{n}</guid></item>"


class Site:
    """A blog with a feed, whose description may hold a proof."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = f"http://127.0.0.1:{server.port}"
        self.server = server
        self.publish()

    def publish(self, *, items: int = 2, token: str = "", head: str = "") -> None:
        told = "".join(ITEM.format(site=self.url, n=n) for n in range(items))
        feed = FEED.format(site=self.url, items=told, token=token)
        link = f'<link rel="alternate" type="application/rss+xml" href="{self.url}/feed.xml">'
        page = f"<!doctype html><html lang=es><head><title>Lucía</title>{link}{head}</head><body>Hola</body></html>"
        self.server.clear()
        self.server.expect_request("/feed.xml").respond_with_data(feed, content_type="application/rss+xml")
        self.server.expect_request("/").respond_with_data(page, content_type="text/html")


@pytest.fixture
def site(httpserver: HTTPServer, settings: LazySettings) -> Site:
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    return Site(httpserver)


@pytest.fixture
def lucia(browser: Browser, person: Account) -> Browser:
    browser.force_login(person)
    browser.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return browser


def test_asking_sets_no_cookie_and_keeps_no_session(browser: Browser) -> None:
    page = browser.get("/es/add/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert not page.cookies
    assert not Session.objects.exists()


def test_what_was_found_is_shown_before_anything_is_saved(browser: Browser, site: Site) -> None:
    page = browser.get("/es/add/", {"address": f"{site.url}/"})
    html = page.content.decode()
    assert page.status_code == 200
    assert 'lang="es">Serpientes de Lucía</h2>' in html
    assert "Bucles sin miedo 0" in html
    assert '<option value="es" selected lang="es" dir="ltr">Español</option>' in html
    assert not Source.objects.exists()
    assert not page.cookies


def test_a_visitor_suggests(browser: Browser, site: Site) -> None:
    sent = {"address": f"{site.url}/", "name": "Lucía", "language": "es"}
    first = browser.post("/es/add/", sent)
    again = browser.post("/es/add/", sent)
    assert [first.status_code, first.headers["Location"]] == [302, "/es/add/thanks/"]
    assert [again.status_code, again.headers["Location"]] == [302, "/es/add/thanks/"]
    assert not first.cookies
    assert list(Source.objects.values_list("feed_url", "language")) == [(f"{site.url}/feed.xml", "es")]
    assert list(Creator.objects.values_list("name", "claimed_at")) == [("Lucía", None)]
    assert browser.get("/es/add/thanks/").status_code == 200


def test_who_is_signed_in_is_led_to_the_proof(lucia: Browser, site: Site, person: Account) -> None:
    answer = lucia.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    source = Source.objects.get()
    assert answer.headers["Location"] == f"/es/add/{source.pk}/"
    html = lucia.get(answer.headers["Location"]).content.decode()
    assert f"altavoz-verification={_token(source, person)}" in html
    assert "&lt;a rel=&quot;me&quot; href=&quot;https://altavoz.example/es/creators/lucía/&quot;&gt;" in html


def _token(source: Source, person: Account) -> str:
    from altavoz.ingest.actions.proofs import token_of

    return token_of(source, person)


def test_a_known_channel_is_offered_for_claiming(lucia: Browser, site: Site) -> None:
    lucia.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    source = Source.objects.get()
    html = lucia.get("/es/add/", {"address": f"{site.url}/"}).content.decode()
    assert f'href="/es/add/{source.pk}/"' in html
    assert 'method="post"' not in html


def test_proving_makes_the_creator_theirs(
    lucia: Browser, site: Site, person: Account, deliver: Callable[..., int]
) -> None:
    lucia.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    source = Source.objects.get()
    early = lucia.post(f"/es/add/{source.pk}/check/", {"method": "token"})
    assert early.headers["Location"] == f"/es/add/{source.pk}/#token"
    assert Proof.objects.get().finding == "code_missing"
    assert "did not find the code" in lucia.get(f"/en/add/{source.pk}/").content.decode()
    site.publish(token=_token(source, person))
    lucia.post(f"/es/add/{source.pk}/check/", {"method": "token"})
    assert Proof.objects.get().state == "proved"
    deliver()
    assert Ownership.objects.get().account == person
    assert "You speak for" in lucia.get(f"/en/add/{source.pk}/").content.decode()


def test_a_link_back_proves_it_too(lucia: Browser, site: Site) -> None:
    lucia.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    source = Source.objects.get()
    site.publish(head='<link rel="me" href="https://altavoz.example/ja/creators/luc%C3%ADa/">')
    lucia.post(f"/es/add/{source.pk}/check/", {"method": "rel_me"})
    assert list(Proof.objects.values_list("method", "state")) == [("rel_me", "proved")]


def test_a_second_channel_joins_an_own_creator(
    lucia: Browser, site: Site, creator: Creator, person: Account, at: datetime
) -> None:
    showcase.grant_ownership(creator=creator, account=person, method="token", at=at)
    html = lucia.get("/es/add/", {"address": f"{site.url}/"}).content.decode()
    assert f'name="creator" value="{creator.pk}"' in html
    lucia.post("/es/add/", {"address": f"{site.url}/", "creator": creator.pk, "language": ""})
    assert Source.objects.get().owner == creator.subject


def test_nobody_adds_to_a_creator_of_somebody_else(
    lucia: Browser, site: Site, creator: Creator, at: datetime
) -> None:
    stranger = Account.objects.create(email="otro@altavoz.example", date_joined=at)
    showcase.grant_ownership(creator=creator, account=stranger, method="token", at=at)
    lucia.post("/es/add/", {"address": f"{site.url}/", "creator": creator.pk, "name": "Yo", "language": ""})
    assert Source.objects.get().owner != creator.subject


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Paste the address"),
        ("hola", "This is not a web address"),
        ("javascript:alert(1)", "This is not a web address"),
        ("http://169.254.169.254/latest/", ""),
        ("http://127.0.0.1:1/", ""),
        ("http://[::1]/", ""),
        ("https://example.org/\x00", ""),
        ("https://" + "a" * 3_000, ""),
        ("<script>alert(1)</script>", "This is not a web address"),
    ],
)
def test_what_cannot_be_found_is_said_in_words(browser: Browser, address: str, words: str) -> None:
    page = browser.get("/en/add/", {"address": address})
    html = page.content.decode()
    assert page.status_code == 200
    assert 'role="alert"' in html
    assert words in html
    assert "<script>alert" not in html
    assert not Source.objects.exists()


def test_confirming_needs_a_name_and_a_known_language(browser: Browser, site: Site) -> None:
    page = browser.post("/en/add/", {"address": f"{site.url}/", "name": " \u200b ", "language": "xx-klingon"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "Write the name of the creator." in html
    assert not Source.objects.exists()
    assert browser.post("/en/add/", {"address": ""}).status_code == 422
    assert browser.post("/en/add/", {"address": "hola", "name": "x"}).status_code == 200


def test_looking_and_adding_have_an_end(browser: Browser, site: Site) -> None:
    for _ in range(20):
        assert browser.get("/es/add/", {"address": f"{site.url}/"}).status_code == 200
    assert browser.get("/es/add/", {"address": f"{site.url}/"}).status_code == 429
    for _ in range(10):
        browser.post("/es/add/", {"address": f"{site.url}/", "name": "L", "language": ""})
    assert browser.post("/es/add/", {"address": f"{site.url}/", "name": "L"}).status_code == 429


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_neighbourhoods_are_wide(address: str, network: str) -> None:
    assert limits.neighbourhood(address) == network


def test_proving_asks_to_sign_in(browser: Browser, site: Site) -> None:
    browser.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    pk = Source.objects.get().pk
    assert browser.get(f"/es/add/{pk}/").headers["Location"] == f"/es/account/login/?next=/es/add/{pk}/"
    assert browser.post(f"/es/add/{pk}/check/", {"method": "token"}).status_code == 302
    assert not Proof.objects.exists()


def test_what_cannot_be_claimed_is_not_there(lucia: Browser, site: Site, at: datetime) -> None:
    catalogue = Source.objects.create(
        kind="catalogue", address="https://talks.example/", feed_url="https://talks.example/", added_at=at
    )
    assert lucia.get(f"/es/add/{catalogue.pk}/").status_code == 404
    assert lucia.get("/es/add/999999999/").status_code == 404
    lucia.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    pk = Source.objects.exclude(pk=catalogue.pk).get().pk
    assert lucia.post(f"/es/add/{pk}/check/", {"method": "podcast_txt"}).status_code == 404
    assert lucia.get(f"/es/add/{pk}/check/").status_code == 405


def test_checking_has_an_end(lucia: Browser, site: Site) -> None:
    lucia.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    pk = Source.objects.get().pk
    answers = [lucia.post(f"/es/add/{pk}/check/", {"method": "token"}).status_code for _ in range(21)]
    assert answers == [*[302] * 20, 429]


def test_another_site_cannot_add_in_somebodys_name(lucia: Browser, site: Site) -> None:
    sent = {"address": f"{site.url}/", "name": "L"}
    answer = lucia.post("/es/add/", sent, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not Source.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
def test_pages_ask_little(lucia: Browser, site: Site, items: int) -> None:
    site.publish(items=items)
    with CaptureQueriesContext(connection) as found:
        lucia.get("/es/add/", {"address": f"{site.url}/"})
    lucia.post("/es/add/", {"address": f"{site.url}/", "name": "Lucía", "language": ""})
    pk = Source.objects.get().pk
    with CaptureQueriesContext(connection) as proving:
        lucia.get(f"/es/add/{pk}/")
    assert [len(found), len(proving)] == [4, 6]


def test_a_count_that_ran_out_begins_anew(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="")
    request.user = AnonymousUser()
    assert [limits.allowed(request, "x", most=1, within=timedelta(0)) for _ in range(3)] == [True] * 3
    assert [limits.allowed(request, "x", most=1, within=timedelta(1)) for _ in range(3)] == [
        True,
        False,
        False,
    ]
