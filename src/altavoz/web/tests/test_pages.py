"""Every page, in every interface language, for visitors and machines."""

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from altavoz.moderation import queries as moderation
from altavoz.moderation.models import PolicyVersion
from altavoz.showcase.models import Creator, Publication
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

CODES = [code for code, _ in settings.LANGUAGES]
PAGES = (
    "",
    "explore/",
    "explore/?q=asincron%C3%ADa&language=es&kind=video&length=short&year=2026&captions=1",
    "explore/?q=nothing-like-this",
    "languages/",
    "languages/es/",
    "languages/sw/",
    "creators/",
    "creators/lucia-nandu/",
    "guidelines/",
    "transparency/",
    "about/",
    "privacy/",
    "accessibility/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_every_language(
    browser: Browser, publish: Publish, code: str, page: str
) -> None:
    publish()
    response = browser.get(f"/{code}/{page}")
    assert response.status_code == 200
    html = response.content.decode()
    lang = {"pt-br": "pt-BR"}.get(code, code)
    assert re.findall(r"<html lang=\"(.+?)\" dir=\"(.+?)\">", html) == [
        (lang, "rtl" if code == "ar" else "ltr")
    ]
    assert html.count('rel="alternate" hreflang=') == len(CODES) + 1
    assert html.count("<h1") == 1
    assert not response.cookies
    assert len(response.content) < 60_000


@pytest.mark.django_db
@pytest.mark.parametrize("works", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"),
    [
        ("", 5),
        ("explore/", 4),
        ("languages/", 3),
        ("languages/es/", 8),
        ("creators/", 6),
        ("creators/lucia-nandu/", 7),
    ],
)
def test_lists_cost_the_same_however_long(
    browser: Browser,
    publish: Publish,
    django_assert_num_queries: DjangoAssertNumQueries,
    works: int,
    page: str,
    queries: int,
) -> None:
    for number in range(1, works + 1):
        publish(number)
    with django_assert_num_queries(queries):
        html = browser.get(f"/es/{page}").content.decode()
    assert html.count('class="work-card ') in {works, 0}


def test_the_page_of_a_work(
    browser: Browser, publish: Publish, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    work = publish()
    publish(2)
    with django_assert_num_queries(7):
        response = browser.get(f"/ar/works/{work.pk}-asincronia-1/")
    html = response.content.decode()
    assert '<h1 class="work-title" lang="es" dir="auto">Asincronía 1</h1>' in html
    assert 'data-embed="https://www.youtube-nocookie.com/embed/abcdefghij1?autoplay=1"' in html
    assert '<meta name="fediverse:creator" content="@lucia@hachyderm.example">' in html
    assert '"@type": "VideoObject"' in html
    assert "Asincronía 2" in html
    assert "frame-src https://www.youtube-nocookie.com;" in response.headers["Content-Security-Policy"]


def test_a_wrong_slug_leads_to_the_work(browser: Browser, publish: Publish) -> None:
    work = publish()
    response = browser.get(f"/es/works/{work.pk}-other/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/es/works/{work.pk}-asincronia-1/")


def test_what_is_not_visible_any_more_is_gone(browser: Browser, publish: Publish) -> None:
    work = publish()
    Publication.objects.update(state="withdrawn", published_revision=None)
    assert browser.get(f"/es/works/{work.pk}-asincronia-1/").status_code == 410
    assert browser.get(f"/es/works/{work.pk}-other/").status_code == 410
    assert browser.get("/es/works/99999-x/").status_code == 404


def test_a_creator_without_visible_works_has_no_page(browser: Browser, creator: Creator) -> None:
    assert browser.get(f"/es/creators/{creator.slug}/").status_code == 404


def test_text_from_outside_is_never_markup(browser: Browser, publish: Publish) -> None:
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    work = publish(title=evil, summary=evil, slug="x")
    response = browser.get(f"/es/works/{work.pk}-x/")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_swap_shows_what_a_reload_shows(browser: Browser, publish: Publish) -> None:
    publish()
    publish(2, spoken_language="ar", title="بايثون")
    whole = browser.get("/es/explore/?language=ar").content.decode()
    part = browser.get("/es/explore/?language=ar", headers={"HX-Request": "true"}).content.decode().strip()
    title, _, rest = part.partition("\n")
    assert title.startswith("<title>")
    assert title in whole
    assert rest.startswith('<p id="live"')
    assert rest in whole


def test_the_directory_goes_on_where_it_ended(browser: Browser, publish: Publish, creator: Creator) -> None:
    for number in range(30):
        other = Creator.objects.create(
            name=f"N{number:02}", slug=f"n{number}", sort_key=f"{number:02}", created_at=creator.created_at
        )
        publish(number, by=other)
    first = browser.get("/es/creators/").content.decode()
    (after,) = re.findall(r'href="(/es/creators/\?after=[^"]+)"', first)
    second = browser.get(after).content.decode()
    assert first.count("creator-card ") == 24
    assert second.count("creator-card ") == 6
    assert browser.get("/es/creators/?after=nonsense!").content.count(b"creator-card ") == 24


@pytest.mark.parametrize(
    ("wish", "code"), [("ar-EG,en;q=0.5", "ar"), ("pt", "pt-br"), ("de", "es"), ("", "es")]
)
def test_the_root_leads_to_the_language_wished_for(browser: Browser, wish: str, code: str) -> None:
    response = browser.get("/", headers={"Accept-Language": wish})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{code}/")
    assert response.headers["Vary"] == "Accept-Language, Cookie"


def test_a_chosen_language_is_remembered(browser: Browser) -> None:
    browser.cookies["django_language"] = "ja"
    assert browser.get("/", headers={"Accept-Language": "fr"}).headers["Location"] == "/ja/"


@pytest.mark.django_db
def test_the_guidelines_name_every_clause(browser: Browser, at: datetime) -> None:
    policy = moderation.policy_current(at)
    assert policy is not None
    html = browser.get("/en/guidelines/").content.decode()
    assert html.count('class="clause"') == len(moderation.clauses_of(policy))
    PolicyVersion.objects.update(effective_to=policy.effective_from + timedelta(days=1))
    assert (
        "have not been loaded"
        in Browser(headers={"host": "altavoz.example"}).get("/en/guidelines/").content.decode()
    )


def test_the_gallery_is_for_developers(browser: Browser, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert browser.get("/es/gallery/").status_code == 404
