"""Adding a channel: asked, found, confirmed, proved; with a real site on this machine."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.html import escape
from pytest_httpserver import HTTPServer
from time_machine import travel

from altavoz.core.fetch import Reason
from altavoz.ingest.discovery import Found
from altavoz.ingest.discovery.words import _WORDS, because
from altavoz.ingest.models import Discovery, Proof, Source
from altavoz.ingest.states import SourceKind
from altavoz.insights.actions import ring
from altavoz.people.models import Account
from altavoz.showcase import actions as showcase
from altavoz.showcase.models import Creator, Ownership, Suggestion, Wish
from altavoz.web import limits
from altavoz.web.forms.adding import SuggestForm
from altavoz.web.pages.add import adding
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
        self.server.expect_request("/robots.txt").respond_with_data("", status=404)
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


def _look(browser: Browser, site: Site, deliver: Callable[..., int], language: str = "es") -> str:
    """Paste the address of the site and let the worker look; return the address of the finding."""
    answer = browser.post(f"/{language}/add/", {"address": f"{site.url}/"})
    assert answer.status_code == 302
    deliver()
    return str(answer.headers["Location"])


def _add(browser: Browser, site: Site, deliver: Callable[..., int], **said: object) -> str:
    """Add the site as somebody with an account; return where that leads."""
    sent = {"name": "Lucía", "language": "", "history": "listed"} | said
    return str(browser.post(_look(browser, site, deliver), sent).headers["Location"])


def _suggestion(browser: Browser, where: str, **said: object) -> dict[str, object]:
    """Return what a person sends who read the form for a while."""
    form = browser.get(where).context["form"]
    at = datetime.fromtimestamp(timezone.now().timestamp() - 20, UTC)
    shown = type(form)(found=form_found(form), at=at).fields["shown"].initial
    return {
        "name": "Lucía",
        "language": "es",
        "email": "ana@example.org",
        "history": "listed",
        "shown": shown,
    } | said


def form_found(form: SuggestForm) -> Found:
    del form
    return Found(
        kind=SourceKind.FEED, address="https://x.example/", feed_url="https://x.example/f", title="x"
    )


def test_asking_sets_no_cookie_and_keeps_no_session(browser: Browser) -> None:
    page = browser.get("/es/add/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert not page.cookies
    assert not Session.objects.exists()


def test_an_address_may_come_with_the_link(browser: Browser) -> None:
    html = browser.get("/es/add/", {"address": "https://b.example/<x>"}).content.decode()
    assert 'value="https://b.example/&lt;x&gt;"' in html
    shared = browser.get("/es/add/", {"title": "Bucles", "text": "Mira: https://b.example/1 ¡qué bueno!"})
    assert 'value="https://b.example/1"' in shared.content.decode()
    assert not Discovery.objects.exists()


def test_what_was_found_is_shown_before_anything_is_saved(
    browser: Browser, site: Site, deliver: Callable[..., int]
) -> None:
    page = browser.get(_look(browser, site, deliver))
    html = page.content.decode()
    assert page.status_code == 200
    assert 'lang="es">Serpientes de Lucía</h2>' in html
    assert "Bucles sin miedo 0" in html
    assert '<option value="es" selected lang="es" dir="ltr">Español</option>' in html
    assert not Source.objects.exists()
    assert not page.cookies


def test_progress_is_told_and_changes_only_when_there_is_news(
    browser: Browser, site: Site, at: datetime
) -> None:
    where = browser.post("/en/add/", {"address": f"{site.url}/"}).headers["Location"]
    whole = browser.get(where).content.decode()
    assert "It is our turn in a moment" in whole
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in whole
    poll = re.search(r'hx-get="([^"]+)"', whole)
    assert poll is not None
    assert browser.get(poll[1], headers={"hx-request": "true"}).status_code == 204
    Discovery.objects.update(step="feed", state="looking", lease_until=timezone.now() + timedelta(seconds=9))
    news = browser.get(poll[1], headers={"hx-request": "true"}).content.decode()
    assert "Looking for a feed" in news
    Discovery.objects.update(asked_at=at)
    assert "takes longer than usual" in browser.get(where).content.decode()


@pytest.mark.parametrize("state", ["looking", "found", "nothing"])
def test_the_page_after_a_swap_equals_the_page_after_a_reload(
    browser: Browser, site: Site, deliver: Callable[..., int], state: str
) -> None:
    where = str(browser.post("/es/add/", {"address": f"{site.url}/"}).headers["Location"])
    if state == "nothing":
        site.server.clear()
    if state != "looking":
        deliver()
    whole = browser.get(where).content.decode()
    part = browser.get(where, headers={"hx-request": "true"}).content.decode()
    title, _, body = part.partition("</title>\n")
    assert f"{title}</title>" in whole
    assert _unsealed(f'<div class="text" id="look">{body.rstrip()}') in _unsealed(whole)


def _unsealed(html: str) -> str:
    """Return the page without the moment it was drawn at."""
    return re.sub(r'name="shown" value="[^"]*"', "", html)


def test_two_tabs_and_a_double_click_share_one_look(browser: Browser, site: Site) -> None:
    answers = [browser.post("/es/add/", {"address": f"{site.url}/"}).headers["Location"] for _ in range(3)]
    assert [len(set(answers)), Discovery.objects.count()] == [1, 1]


def test_a_worker_that_died_is_replaced_by_who_waits(
    browser: Browser, site: Site, deliver: Callable[..., int], at: datetime
) -> None:
    where = browser.post("/es/add/", {"address": f"{site.url}/"}).headers["Location"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")  # it is lost with the worker
    Discovery.objects.update(state="looking", lease_until=at)
    browser.get(where)
    deliver()
    assert "Serpientes de Lucía" in browser.get(where).content.decode()


def test_what_is_forgotten_is_said(browser: Browser) -> None:
    page = browser.get("/en/add/found/abc/")
    assert page.status_code == 410
    assert "Paste the address once more" in page.content.decode()


def test_a_visitor_suggests_and_confirms_by_mail(
    browser: Browser, site: Site, deliver: Callable[..., int], mailoutbox: list[EmailMessage]
) -> None:
    where = _look(browser, site, deliver)
    sent = _suggestion(browser, where, topics="datos، web", level="beginner", history="new")
    first, again = browser.post(where, sent), browser.post(where, sent)
    assert [first.headers["Location"], again.headers["Location"]] == ["/es/add/thanks/"] * 2
    assert browser.get("/es/add/thanks/").status_code == 200
    assert not Source.objects.exists()
    deliver()
    [message] = mailoutbox
    link = re.search(r"https://altavoz.example(/es/add/confirm/\S+)", str(message.body))
    assert link is not None
    assert not Source.objects.exists()
    assert "suggest" not in browser.get(link[1]).headers.get("Set-Cookie", "")
    assert not Source.objects.exists(), "programs that open links of mails confirm nothing"
    for _ in range(2):
        assert browser.post(link[1]).status_code == 200
    assert list(Source.objects.values_list("feed_url", "language")) == [(f"{site.url}/feed.xml", "es")]
    assert list(Creator.objects.values_list("name", "claimed_at")) == [("Lucía", None)]
    assert list(Suggestion.objects.values_list("email", "state")) == [("", "confirmed")]
    wish = Wish.objects.get()
    assert [wish.topics, wish.level, wish.since is not None] == [["datos", "web"], "beginner", True]
    assert not first.cookies
    assert browser.get(where).context["known"] == Source.objects.get()
    assert browser.post(where, sent).status_code == 200


def test_a_mailed_link_that_is_wrong_is_said(browser: Browser) -> None:
    for method in (browser.get, browser.post):
        page = method("/en/add/confirm/abc:def/")
        assert page.status_code == 410
        assert "too old or was copied wrongly" in page.content.decode()


def test_programs_learn_nothing(browser: Browser, site: Site, deliver: Callable[..., int]) -> None:
    where = _look(browser, site, deliver)
    trapped = browser.post(where, _suggestion(browser, where, subject="Buy"))
    assert trapped.headers["Location"] == "/es/add/thanks/"
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("shown", [None, "", "1", "1:x"])
def test_who_is_quick_is_asked_once_more(
    browser: Browser, site: Site, deliver: Callable[..., int], shown: str | None
) -> None:
    where = _look(browser, site, deliver, "en")
    fresh = browser.get(where).context["form"].fields["shown"].initial
    page = browser.post(where, _suggestion(browser, where, shown=fresh if shown is None else shown))
    assert page.status_code == 422
    html = page.content.decode()
    assert "That was very quick" in html
    assert 'value="ana@example.org"' in html
    assert not Suggestion.objects.exists()
    stamp = re.search(r'name="shown" value="([^"]+)"', html)
    assert stamp is not None
    with travel(timezone.now() + timedelta(seconds=4)):
        again = browser.post(where, _suggestion(browser, where, shown=stamp[1]))
    assert again.status_code == 302


def test_limits_of_a_day_are_said(browser: Browser, site: Site, deliver: Callable[..., int]) -> None:
    where = _look(browser, site, deliver, "en")
    for number in range(10):
        cache.clear()
        Suggestion.objects.create(
            feed_url="x", feed_key=str(number), host="h", found={}, name="n", email=f"{number}@e.org",
            client=limits.of_today(_request("127.0.0.1"), timezone.now()), asked_at=timezone.now(),
            mailed_at=timezone.now(), expires_at=timezone.now(),
        )  # fmt: skip
    page = browser.post(where, _suggestion(browser, where))
    assert page.status_code == 422
    assert "all we can take today" in page.content.decode()


def _request(address: str) -> HttpRequest:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    return request


@pytest.mark.django_db
def test_keys_of_a_day_end_with_it(at: datetime) -> None:
    one, other = _request("203.0.113.7"), _request("203.0.114.7")
    neighbour = _request("203.0.113.9")
    ring.drop()
    keys = [limits.of_today(each, at) for each in (one, neighbour, other)]
    keys.append(limits.of_today(one, at + timedelta(days=1)))
    assert [keys[0] == keys[1], len(set(keys))] == [True, 3]
    # The secret of a day that is over is nowhere any more.
    assert limits.of_today(one, at) == keys[-1]
    assert limits.of_today(_request(""), at) == ""


def test_who_is_signed_in_is_led_to_the_proof(
    lucia: Browser, site: Site, person: Account, deliver: Callable[..., int]
) -> None:
    where = _add(lucia, site, deliver)
    source = Source.objects.get()
    assert where == f"/es/add/{source.pk}/"
    html = lucia.get(where).content.decode()
    assert f"altavoz-verification={_token(source, person)}" in html
    assert "&lt;a rel=&quot;me&quot; href=&quot;https://altavoz.example/es/creators/lucía/&quot;&gt;" in html


def test_what_is_said_of_a_channel_is_kept(lucia: Browser, site: Site, deliver: Callable[..., int]) -> None:
    _add(lucia, site, deliver, language="ca", topics="datos, datos,, web", level="advanced", history="all")
    wish = Wish.objects.get()
    assert [wish.source.language, wish.topics, wish.level, wish.since] == [
        "ca",
        ["datos", "web"],
        "advanced",
        None,
    ]


def test_a_creator_who_declined_is_respected(
    lucia: Browser, browser: Browser, site: Site, person: Account, deliver: Callable[..., int], at: datetime
) -> None:
    _add(lucia, site, deliver)
    source = Source.objects.get()
    stranger = Account.objects.create(email="otra@altavoz.example", date_joined=at)
    showcase.grant_ownership(creator=Creator.objects.get(), account=stranger, method="token", at=at)
    showcase.decline_channel(source=source, by=stranger, at=at)
    page = lucia.post(_look(lucia, site, deliver, "en"), {"name": "Lucía", "history": "listed"})
    assert page.status_code == 422
    assert "Its creator asked us not to show it here" in page.content.decode()
    del browser, person


def _token(source: Source, person: Account) -> str:
    from altavoz.ingest.actions.proofs import token_of

    return token_of(source, person)


def test_a_known_channel_is_offered_for_claiming(
    lucia: Browser, site: Site, deliver: Callable[..., int]
) -> None:
    _add(lucia, site, deliver)
    source = Source.objects.get()
    html = lucia.get(_look(lucia, site, deliver)).content.decode()
    assert f'href="/es/add/{source.pk}/"' in html
    assert 'method="post"' not in html


def test_proving_makes_the_creator_theirs(
    lucia: Browser, site: Site, person: Account, deliver: Callable[..., int]
) -> None:
    _add(lucia, site, deliver)
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


def test_a_link_back_proves_it_too(lucia: Browser, site: Site, deliver: Callable[..., int]) -> None:
    _add(lucia, site, deliver)
    source = Source.objects.get()
    site.publish(head='<link rel="me" href="https://altavoz.example/ja/creators/luc%C3%ADa/">')
    lucia.post(f"/es/add/{source.pk}/check/", {"method": "rel_me"})
    assert list(Proof.objects.values_list("method", "state")) == [("rel_me", "proved")]


def test_a_second_channel_joins_an_own_creator(
    lucia: Browser, site: Site, creator: Creator, person: Account, at: datetime, deliver: Callable[..., int]
) -> None:
    showcase.grant_ownership(creator=creator, account=person, method="token", at=at)
    html = lucia.get(_look(lucia, site, deliver)).content.decode()
    assert f'name="creator" value="{creator.pk}"' in html
    _add(lucia, site, deliver, creator=creator.pk)
    assert Source.objects.get().owner == creator.subject


def test_nobody_adds_to_a_creator_of_somebody_else(
    lucia: Browser, site: Site, creator: Creator, at: datetime, deliver: Callable[..., int]
) -> None:
    stranger = Account.objects.create(email="otro@altavoz.example", date_joined=at)
    showcase.grant_ownership(creator=creator, account=stranger, method="token", at=at)
    _add(lucia, site, deliver, creator=creator.pk, name="Yo")
    assert Source.objects.get().owner != creator.subject


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "Paste the address"),
        ("hola", "This is not a web address"),
        ("javascript:alert(1)", "This is not a web address"),
        ("https://example.org/\x00", "Null characters"),
        ("https://" + "a" * 10_000, "longer than any we know"),
        ("<script>alert(1)</script>", "This is not a web address"),
    ],
)
def test_what_is_no_address_is_said_at_once(browser: Browser, address: str, words: str) -> None:
    page = browser.post("/en/add/", {"address": address})
    html = page.content.decode()
    assert page.status_code == 422
    assert 'role="alert"' in html
    assert words in html
    assert "<script>alert" not in html
    assert not Discovery.objects.exists()


@pytest.mark.parametrize("code", [*_WORDS, *(f"fetch_{reason}" for reason in Reason)])
def test_every_reason_has_a_page(browser: Browser, code: str, at: datetime) -> None:
    Discovery.objects.create(
        token="t", address="https://b.example/<b>", address_key="k", state="nothing", code=code,
        asked_at=at, settled_at=at, expires_at=at,
    )  # fmt: skip
    page = browser.get("/en/add/found/t/")
    html = page.content.decode()
    with translation.override("en"):
        assert escape(str(because(code))) in html
    assert page.status_code == 200
    assert "https://b.example/&lt;b&gt;" in html
    assert ("Try again" in html) is (code in adding._PASSING)


def test_confirming_needs_a_name_and_a_known_language(
    lucia: Browser, site: Site, deliver: Callable[..., int]
) -> None:
    where = _look(lucia, site, deliver, "en")
    page = lucia.post(where, {"name": " \u200b ", "language": "xx-klingon", "topics": "a,b,c,d,e,f,g"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "Write the name of the creator." in html
    assert "at most six topics" in html
    assert not Source.objects.exists()


def test_a_suggestion_needs_an_address_to_confirm_it(
    browser: Browser, site: Site, deliver: Callable[..., int]
) -> None:
    where = _look(browser, site, deliver, "en")
    for wrong, words in (("", "Write your e-mail address"), ("ana", "This is not an e-mail address")):
        page = browser.post(where, _suggestion(browser, where, email=wrong))
        assert page.status_code == 422
        assert words in page.content.decode()
    assert not Suggestion.objects.exists()


def test_looking_and_adding_have_an_end(browser: Browser, site: Site, deliver: Callable[..., int]) -> None:
    where = _look(browser, site, deliver)
    for _ in range(19):
        assert browser.post("/es/add/", {"address": f"{site.url}/"}).status_code == 302
    assert browser.post("/es/add/", {"address": f"{site.url}/"}).status_code == 429
    for _ in range(10):
        browser.post(where, {"name": "L", "language": ""})
    assert browser.post(where, {"name": "L"}).status_code == 429


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


def test_proving_asks_to_sign_in(browser: Browser, at: datetime) -> None:
    url = "https://b.example/"
    pk = Source.objects.create(kind="feed", address=url, feed_url=url, added_at=at).pk
    assert browser.get(f"/es/add/{pk}/").headers["Location"] == f"/es/account/login/?next=/es/add/{pk}/"
    assert browser.post(f"/es/add/{pk}/check/", {"method": "token"}).status_code == 302
    assert not Proof.objects.exists()


def test_what_cannot_be_claimed_is_not_there(
    lucia: Browser, site: Site, at: datetime, deliver: Callable[..., int]
) -> None:
    catalogue = Source.objects.create(
        kind="catalogue", address="https://talks.example/", feed_url="https://talks.example/", added_at=at
    )
    assert lucia.get(f"/es/add/{catalogue.pk}/").status_code == 404
    assert lucia.get("/es/add/999999999/").status_code == 404
    _add(lucia, site, deliver)
    pk = Source.objects.exclude(pk=catalogue.pk).get().pk
    assert lucia.post(f"/es/add/{pk}/check/", {"method": "podcast_txt"}).status_code == 404
    assert lucia.get(f"/es/add/{pk}/check/").status_code == 405


def test_checking_has_an_end(lucia: Browser, site: Site, deliver: Callable[..., int]) -> None:
    _add(lucia, site, deliver)
    pk = Source.objects.get().pk
    answers = [lucia.post(f"/es/add/{pk}/check/", {"method": "token"}).status_code for _ in range(21)]
    assert answers == [*[302] * 20, 429]


def test_another_site_cannot_add_in_somebodys_name(lucia: Browser, site: Site) -> None:
    sent = {"address": f"{site.url}/", "name": "L"}
    answer = lucia.post("/es/add/", sent, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not Source.objects.exists()


@pytest.mark.parametrize("items", [1, 3])
def test_pages_ask_little(lucia: Browser, site: Site, deliver: Callable[..., int], items: int) -> None:
    site.publish(items=items)
    where = _look(lucia, site, deliver)
    with CaptureQueriesContext(connection) as found:
        lucia.get(where)
    lucia.post(where, {"name": "Lucía", "language": "", "history": "listed"})
    pk = Source.objects.get().pk
    with CaptureQueriesContext(connection) as proving:
        lucia.get(f"/es/add/{pk}/")
    assert [len(found), len(proving)] == [6, 7]


def test_a_count_that_ran_out_begins_anew(rf: RequestFactory) -> None:
    request = rf.get("/", REMOTE_ADDR="")
    request.user = AnonymousUser()
    assert [limits.allowed(request, "x", most=1, within=timedelta(0)) for _ in range(3)] == [True] * 3
    assert [limits.allowed(request, "x", most=1, within=timedelta(1)) for _ in range(3)] == [
        True,
        False,
        False,
    ]
