"""Whole pages in memory: who gets them, what caches are told, and how they are forgotten."""

import gzip
from collections.abc import Callable
from datetime import datetime
from threading import Thread

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from altavoz.core import events
from altavoz.people import actions as people
from altavoz.people.models import Account
from altavoz.search import actions as search
from altavoz.showcase.events import CreatorChanged, PublicationHidden
from altavoz.showcase.models import Creator, Publication
from altavoz.web import purging
from altavoz.web.caching import purge, store
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish


def test_the_second_visitor_costs_no_query(
    browser: Browser, publish: Publish, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publish()
    first = browser.get("/es/explore/?language=es&utm_source=x")
    with django_assert_num_queries(0):
        second = browser.get("/es/explore/?utm_medium=y&language=es")
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())


def test_what_caches_are_told(browser: Browser, publish: Publish) -> None:
    publish()
    response = browser.get("/es/explore/")
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=2, stale-while-revalidate=1"
    assert response.headers["Vary"] == "Cookie, Accept-Encoding, HX-Request"
    assert response.headers["Content-Language"] == "es"
    assert browser.get("/es/about/").headers["Vary"] == "Cookie, Accept-Encoding"
    assert browser.get("/robots.txt").headers["Vary"] == "Cookie, Accept-Encoding"


def test_a_browser_that_has_the_page_gets_no_second_copy(browser: Browser, publish: Publish) -> None:
    publish()
    etag = browser.get("/es/").headers["ETag"]
    response = browser.get("/es/", headers={"If-None-Match": f'"other", {etag}'})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["ETag"] == etag
    assert response.headers["Vary"] == "Cookie, Accept-Encoding"


def test_pages_are_compressed_for_those_who_take_it(browser: Browser, publish: Publish) -> None:
    publish()
    plain = browser.get("/es/about/")
    zipped = browser.generic("GET", "/es/about/", headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) == len(zipped.content)


def test_part_and_whole_are_kept_apart(browser: Browser, publish: Publish) -> None:
    publish()
    whole = browser.get("/es/explore/").content
    part = browser.get("/es/explore/", headers={"HX-Request": "true"}).content
    assert whole != part
    assert browser.get("/es/explore/").content == whole


def test_people_who_signed_in_get_their_own_page(browser: Browser, publish: Publish, person: Account) -> None:
    publish()
    anonymous = browser.get("/es/about/").content
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.get("/es/about/")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "<bdi>Ana</bdi>" in response.content.decode()
    browser.cookies.clear()
    assert browser.get("/es/about/").content == anonymous


def test_errors_and_redirects_are_not_kept(browser: Browser, publish: Publish) -> None:
    work = publish()
    for path in ("/es/works/9999-x/", f"/es/works/{work.pk}-x/", "/es/nothing/"):
        response = browser.get(path)
        assert response.status_code != 200
        assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_withdrawn_work_is_gone_at_once(
    browser: Browser,
    publish: Publish,
    deliver: Callable[..., int],
    at: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    work = publish()
    pages = (
        "/es/",
        "/es/explore/",
        f"/es/works/{work.pk}-asincronia-1/",
        "/es/languages/es/",
        "/feeds/atom/",
        "/es/creators/lucia-nandu/",
    )
    kept = [browser.get(page).content.decode() for page in pages]
    assert all("Asincronía 1" in html for html in kept)
    with django_capture_on_commit_callbacks(execute=True):
        Publication.objects.update(state="withdrawn", published_revision=None)
        search.remove(work.subject)
        fact = PublicationHidden(
            subject=work.subject, reason="author", creators=("showcase.creator:1",), language="es"
        )
        with transaction.atomic():
            events.record(fact, at=at)
        deliver()
    assert [page for page in pages if "Asincronía 1" in browser.get(page).content.decode()] == []


def test_what_other_pages_lead_to_is_forgotten_there(
    browser: Browser,
    publish: Publish,
    deliver: Callable[..., int],
    at: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    beto = Creator.objects.create(name="Beto", slug="beto", name_key="beto", sort_key="b", created_at=at)
    work = publish(title="Asincronía con asyncio", slug="asyncio")
    publish(2, title="Más asincronía", slug="mas", spoken_language="pt", metadata_language="pt")
    publish(3, title="Esperar con asyncio", slug="esperar", by=beto)
    pages = (f"/es/works/{work.pk}-asyncio/", "/es/languages/es/")
    assert all("Beto" in browser.get(page).content.decode() for page in pages)
    Creator.objects.filter(pk=beto.pk).update(name="Alba")
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            events.record(CreatorChanged(subject=beto.subject), at=at)
        deliver()
    assert [page for page in pages if "Beto" in browser.get(page).content.decode()] == []
    related = Publication.objects.get(published_revision__slug="esperar")
    with django_capture_on_commit_callbacks(execute=True):
        Publication.objects.filter(pk=related.pk).update(state="withdrawn", published_revision=None)
        search.remove(related.subject)
        # Its language was another one meanwhile.
        fact = PublicationHidden(subject=related.subject, reason="author", creators=(), language="pt")
        with transaction.atomic():
            events.record(fact, at=at)
        deliver()
    assert [page for page in pages if "Esperar con" in browser.get(page).content.decode()] == []


def test_a_page_with_many_parameters_is_a_page(browser: Browser, publish: Publish) -> None:
    publish()
    many = "&".join(f"a{number}=" for number in range(300))
    assert browser.get(f"/es/explore/?{many}").content == browser.get("/es/explore/").content


@pytest.mark.parametrize("state", ["withdrawn", "removed"])
def test_what_was_taken_back_is_gone_without_a_trace(browser: Browser, publish: Publish, state: str) -> None:
    work = publish(title="Un título propio", slug="un-titulo-propio")
    Publication.objects.update(state=state, published_revision=None, basis="")
    response = browser.get(f"/ar/works/{work.pk}-un-titulo-propio/?q=titulo")
    html = response.content.decode()
    assert response.status_code == 410
    assert '<html lang="ar" dir="rtl">' in html
    assert '<meta name="robots" content="noindex">' in html
    assert [trace for trace in ("titulo", "título", f"/works/{work.pk}") if trace in html] == []
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=2, stale-while-revalidate=1"
    assert browser.get(f"/ar/works/{work.pk}-any-slug/").content == response.content


def test_what_comes_back_is_there_at_once(browser: Browser, publish: Publish) -> None:
    work = publish()
    path = f"/es/works/{work.pk}-asincronia-1/"
    shown = work.published_revision
    Publication.objects.update(state="removed", published_revision=None, basis="")
    assert browser.get(path).status_code == 410
    Publication.objects.update(state="published", published_revision=shown, basis="quorum")
    assert browser.get(path).status_code == 410
    purge({work.subject})
    assert browser.get(path).status_code == 200


def test_what_nobody_could_see_was_never_here(browser: Browser, publish: Publish) -> None:
    work = publish()
    Publication.objects.update(state="withdrawn", published_revision=None, basis="", first_published_at=None)
    assert browser.get(f"/es/works/{work.pk}-asincronia-1/").status_code == 404
    Publication.objects.update(state="suspended")
    assert browser.get(f"/es/works/{work.pk}-asincronia-1/").status_code == 404


def kept(*subjects: str, until: float = 100.0, size: int = 1000) -> store.Kept:
    return store.Kept(200, (), b"x" * size, b"", "e", frozenset(subjects), until)


def key(name: str) -> store.Key:
    return name, "", False


def test_the_least_used_page_goes_first() -> None:
    pages = store.Store[store.Key, store.Kept](limit=9_500)
    for name in "abc":
        assert pages.put(key(name), kept(name), since=0)
    assert pages.get(key("a"), 0) is not None
    assert pages.put(key("d"), kept("d"), since=0)
    assert [name for name in "abcd" if pages.get(key(name), 0)] == ["a", "c", "d"]
    assert pages.used == 9_000


def test_a_page_too_large_is_not_kept() -> None:
    pages = store.Store[store.Key, store.Kept](limit=2_500)
    assert not pages.put(key("a"), kept("a"), since=0)
    assert pages.used == 0


def test_an_old_page_is_forgotten() -> None:
    pages = store.Store[store.Key, store.Kept](limit=10_000)
    pages.put(key("a"), kept("a", until=5.0), since=0)
    assert pages.get(key("a"), 5.0) is not None
    assert pages.get(key("a"), 5.1) is None
    assert pages.used == 0


def test_a_purge_forgets_what_shows_the_subject_and_nothing_else() -> None:
    pages = store.Store[store.Key, store.Kept](limit=10_000)
    pages.put(key("a"), kept("x", "y"), since=0)
    pages.put(key("b"), kept("y"), since=0)
    purge(["x", "unknown"])
    assert [name for name in "ab" if pages.get(key(name), 0)] == ["b"]
    store.clear()
    assert pages.get(key("b"), 0) is None


def test_a_page_drawn_before_a_purge_is_not_kept_after_it() -> None:
    pages = store.Store[store.Key, store.Kept](limit=10_000)
    since = pages.moment
    pages.purge(["x"])
    assert not pages.put(key("a"), kept("x"), since=since)
    assert pages.put(key("b"), kept("y"), since=since)
    assert pages.put(key("a"), kept("x"), since=pages.moment)
    since = pages.moment
    pages.clear()
    assert not pages.put(key("c"), kept("z"), since=since)


def test_many_purges_do_not_fill_the_memory() -> None:
    pages = store.Store[store.Key, store.Kept](limit=10_000, remembered=3)
    for number in range(9):
        pages.purge([f"s{number}"])
    assert len(pages._purged) < 5
    assert not pages.put(key("a"), kept("s0"), since=0)


@pytest.mark.django_db(transaction=True)
def test_an_announcement_reaches_other_processes() -> None:
    pages = store.Store[store.Key, store.Kept](limit=10_000)
    listener = Thread(target=purging.listen, kwargs={"stop_after": 2, "timeout": 10})
    moment = pages.moment
    listener.start()
    while pages.moment == moment:  # it forgets everything once it listens
        pass
    pages.put(key("a"), kept("x"), since=pages.moment)
    pages.put(key("b"), kept("y150"), since=pages.moment)
    with connection.cursor() as cursor:  # as another process would
        cursor.execute("SELECT pg_notify('altavoz_purge', '[\"x\"]')")
    with transaction.atomic():
        purging.announce([f"y{number}" for number in range(100, 200)])
    listener.join(10)
    assert not listener.is_alive()
    assert [name for name in "ab" if pages.get(key(name), 0)] == []


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_forgets_everything() -> None:
    pages = store.Store[store.Key, store.Kept](limit=10_000)
    moment = pages.moment
    listener = Thread(target=purging.listen_until_lost)
    listener.start()
    while pages.moment == moment:
        pass
    pages.put(key("a"), kept("x"), since=pages.moment)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN altavoz_purge'"
        )
    listener.join(10)
    assert not listener.is_alive()
    assert pages.get(key("a"), 0) is None


def test_who_agrees_no_longer_is_named_no_longer(
    browser: Browser,
    publish: Publish,
    deliver: Callable[..., int],
    person: Account,
    at: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    publish()
    team = people.open_team(language="es", kind="moderation", by=None, at=at)
    people.join_team(account=person, team=team, role="member", by=None, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        people.give_consent(account=person, purpose="team_page", by=person, at=at)
        deliver()
    named = f"<bdi>{person.shown_name}</bdi>"
    assert named in browser.get("/es/languages/es/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        people.withdraw_consent(account=person, purpose="team_page", by=person, at=at)
        deliver()
    assert named not in browser.get("/es/languages/es/").content.decode()
