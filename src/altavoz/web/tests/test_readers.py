"""What pages know of their reader, and how they are forgotten when the showcase changes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from altavoz.core import events
from altavoz.moderation.queries import PublicCount
from altavoz.people.models import Account, Profile
from altavoz.showcase import events as showcase
from altavoz.web import formatting, readers
from altavoz.web.caching import about, store
from altavoz.web.pages import transparency
from altavoz.web.tests.browser import Browser, wrong_with
from altavoz.web.tests.conftest import Publish

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_who_said_what_they_read_is_shown_that_and_told_of_the_rest(
    browser: Browser, publish: Publish, person: Account
) -> None:
    publish()
    publish(2, spoken_language="ar", title="بايثون", slug="b")
    Profile.objects.create(account=person, reads=["ar"])
    browser.force_login(person, backend=_BACKEND)
    html = browser.get("/en/explore/").content.decode()
    assert "بايثون" in html
    assert "Asincronía 1" not in html
    assert "1 more in a language you do not read" in html
    everything = browser.get("/en/explore/?all=1").content.decode()
    assert "Asincronía 1" in everything
    assert "بايثون" in browser.get("/en/").content.decode()


def test_who_said_nothing_is_shown_everything(browser: Browser, publish: Publish, person: Account) -> None:
    publish()
    browser.force_login(person, backend=_BACKEND)
    assert "Asincronía 1" in browser.get("/ja/explore/").content.decode()


def test_an_explicit_choice_of_languages_tells_of_the_others(browser: Browser, publish: Publish) -> None:
    publish()
    publish(2, spoken_language="ar", title="بايثون", slug="b")
    html = browser.get("/en/explore/?language=ar&kind=video").content.decode()
    assert "1 more in another language" in html
    assert '<a href="/en/explore/?kind=video">show</a>' in html


def test_the_order_can_be_chosen_where_words_are_looked_for(browser: Browser, publish: Publish) -> None:
    publish(captions=["es"])
    html = browser.get("/en/explore/?q=asincron").content.decode()
    assert (
        '<a class="chip chip-link" href="/en/explore/?q=asincron&amp;sort=newest" rel="nofollow">Newest</a>'
        in html
    )
    assert (
        '<a href="/en/explore/?q=asincron&amp;captions=1" rel="nofollow"><span>With captions</span>' in html
    )
    newest = browser.get("/en/explore/?q=asincron&sort=newest&captions=1").content.decode()
    assert 'sort=newest" aria-current="true" rel="nofollow">Newest</a>' in newest
    assert "Best match" not in browser.get("/en/explore/").content.decode()


def test_a_cursor_that_is_none_of_ours_shows_the_beginning(browser: Browser, publish: Publish) -> None:
    publish()
    assert "Asincronía 1" in browser.get("/es/explore/?cursor=nonsense").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("tag", ["und", "spa", "xx-nonsense-tag-of-no-use", "ES"])
def test_only_languages_have_hubs(browser: Browser, tag: str) -> None:
    assert browser.get(f"/es/languages/{tag}/").status_code == 404


@pytest.mark.django_db
def test_languages_are_ordered_by_how_much_is_heard_in_them(publish: Publish) -> None:
    for number, tag in enumerate(["ar", "es", "es", "ja", "und"]):
        publish(number, spoken_language=tag)
    with translation.override("en"):
        assert [(voice.tag, voice.works) for voice in readers.voices()] == [("es", 2), ("ar", 1), ("ja", 1)]
        assert [voice.href for voice in readers.voices(limit=1)] == ["/en/languages/es/"]


def test_figures_that_could_point_at_a_person_are_hidden() -> None:
    row = transparency.row(PublicCount("ar", None, 1200, 0, None))
    assert row == {"language": "ar", "figures": (None, 1200, 0, None)}
    with translation.override("en"):
        html = render_to_string(
            "web/transparency.html", {"counts": [row], "works": 1, "voices": 1}, _request()
        )
    assert html.count("under 5") == 2
    assert "1,200" in html
    assert wrong_with(html) == []


def _request() -> HttpRequest:
    return RequestFactory().get("/en/transparency/")


@pytest.mark.parametrize(
    "fact",
    [
        showcase.PublicationPublished(
            subject="showcase.publication:7", revision=1, basis="quorum", creators=(), language="sw"
        ),
        showcase.CreatorChanged(subject="showcase.creator:7"),
        showcase.CatalogueVisibilityChanged(subject="showcase.catalogue:7", language="sw", count=3),
    ],
)
@pytest.mark.django_db
def test_every_fact_of_the_showcase_forgets_its_pages(
    fact: events.Fact,
    deliver: Callable[..., int],
    at: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    pages = store.Store[store.Key, store.Kept](limit=100_000)
    for name in (fact.subject, "web.works", "showcase.publication:8"):
        kept = store.Kept(200, (), b"", b"", "", frozenset({name}), 100.0)
        pages.put((name, "", False), kept, since=0)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            events.record(fact, at=at)
        deliver()
    names = (fact.subject, "web.works", "showcase.publication:8")
    assert [name for name in names if pages.get((name, "", False), 0)] == ["showcase.publication:8"]


def test_a_page_that_is_not_public_may_name_subjects_all_the_same() -> None:
    request = HttpRequest()
    about(request, "showcase.creator:1")
    assert not hasattr(request, "public")


@pytest.mark.parametrize(
    ("code", "number", "day", "span"),
    [
        ("es", "15.202", "3 mar 2026", "3 días"),
        ("pt-br", "15.202", "3 de mar. de 2026", "3 dias"),
        ("fr", "15\u202f202", "3 mars 2026", "3\xa0jours"),
        ("en", "15,202", "Mar 3, 2026", "3 days"),
        ("ja", "15,202", "2026/03/03", "3 日"),
    ],
)
def test_numbers_and_dates_are_the_readers(code: str, number: str, day: str, span: str) -> None:
    at = datetime(2026, 3, 3, 18, 5, tzinfo=UTC)
    with translation.override(code):
        assert formatting.number(15202) == number
        assert formatting.short_day(at) == day
        assert formatting.span(timedelta(days=3)) == span
        assert formatting.short_day(at) in formatting.moment(at)
        assert formatting.language_name("ar")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("es", "3 mar 2026, 15:05 GMT-03:00"),
        ("en", "Mar 3, 2026, 3:05\u202fPM GMT-03:00"),
        ("ja", "2026/03/03 15:05 GMT-03:00"),
    ],
)
def test_moments_are_in_the_readers_zone(code: str, words: str) -> None:
    at = datetime(2026, 3, 3, 18, 5, tzinfo=UTC)
    with translation.override(code), timezone.override("America/Sao_Paulo"):
        assert formatting.moment(at) == words


def test_interface_languages_have_a_locale() -> None:
    assert [formatting.bcp47(code) for code, _ in settings.LANGUAGES] == [
        "es",
        "pt-BR",
        "fr",
        "en",
        "ar",
        "ja",
    ]


def test_languages_are_called_by_their_names_in_the_language_of_the_page() -> None:
    drawn = Template("{% load altavoz i18n %}{{ tag|named }}")
    with translation.override("es"):
        assert drawn.render(Context({"tag": "ja"})) == "japonés"
