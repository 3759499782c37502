"""The map of voices and the hubs: figures, people, channels, a picture that stands alone."""

import re
from base64 import b64encode
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from altavoz.people import actions as people
from altavoz.people.models import Account, Consent, Membership, Team
from altavoz.people.states import Purpose
from altavoz.promotion.models import Channel
from altavoz.showcase.models import Publication
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

_SVG = "{http://www.w3.org/2000/svg}"


def join(language: str, kind: str, *accounts: Account, role: str = "member", at: datetime) -> None:
    team, _ = Team.objects.get_or_create(language=language, kind=kind)
    Membership.objects.bulk_create(
        Membership(team=team, account=account, role=role, joined_at=at) for account in accounts
    )


@pytest.fixture
def volunteers(db: None, at: datetime) -> list[Account]:  # noqa: ARG001 - asked for its effect
    return Account.objects.bulk_create(
        Account(email=f"{number}@altavoz.example", name=f"Voluntaria {number}", date_joined=at)
        for number in range(9)
    )


def test_the_map_leads_to_every_language(browser: Browser, publish: Publish) -> None:
    publish()
    publish(2, spoken_language="ar", metadata_language="ar", title="بايثون")
    html = browser.get("/fr/languages/").content.decode()
    for shape in ("wide", "tall"):
        (drawn,) = re.findall(rf'<svg class="voice-map voice-map-{shape}".*?</svg>', html, re.DOTALL)
        assert sorted(re.findall(r'<a href="([^"]+)"', drawn)) == ["/fr/languages/ar/", "/fr/languages/es/"]
        assert re.findall(r'lang="(\w+)">([^<]+)<', drawn) == [("es", "Español"), ("ar", "العربية")]
    row = re.findall(r'<a href="/fr/languages/ar/" lang="ar" dir="rtl">.*?</tr>', html, re.DOTALL)
    assert len(row) == 1
    assert re.findall(r'class="figure">(\d+)<', row[0]) == ["1", "1"]


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_the_picture_stands_alone(browser: Browser, publish: Publish, code: str) -> None:
    publish()
    response = browser.get(f"/{code}/languages/map.svg")
    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert "s-maxage" in response.headers["Cache-Control"]
    drawn = ET.fromstring(response.content)  # noqa: S314 - our own picture
    assert [one.get("href") for one in drawn.iter(f"{_SVG}a")] == [f"/{code}/languages/es/"]
    style = drawn.find(f"{_SVG}style")
    assert style is not None
    digest = b64encode(sha256((style.text or "").encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response.headers["Content-Security-Policy"]
    assert drawn.find(f"{_SVG}title") is not None


@pytest.mark.django_db
def test_nobody_is_heard_yet(browser: Browser) -> None:
    html = browser.get("/es/languages/").content.decode()
    assert "voice-map" not in html
    assert 'class="empty-state"' in html
    assert ET.fromstring(browser.get("/es/languages/map.svg").content).find(f".//{_SVG}a") is None  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("people_there", "words"),
    [
        (0, "Nobody checks works in this language yet."),
        (1, "One more is needed"),
        (3, "3 volunteers check works."),
        (9, "the team is complete"),
    ],
)
def test_a_hub_says_what_its_team_needs(
    browser: Browser, publish: Publish, volunteers: list[Account], at: datetime, people_there: int, words: str
) -> None:
    publish()
    join("es", "moderation", *volunteers[:people_there], at=at)
    html = browser.get("/en/languages/es/").content.decode()
    assert words in html


def test_a_hub_names_who_agreed_and_counts_the_others(
    browser: Browser, publish: Publish, volunteers: list[Account], at: datetime
) -> None:
    publish()
    join("es", "moderation", *volunteers[:2], at=at)
    join("es", "moderation", volunteers[2], role="trainee", at=at)
    join("es", "translation", volunteers[3], at=at)
    for account in (volunteers[0], volunteers[2]):
        Consent.objects.create(account=account, purpose=Purpose.TEAM_PAGE, given_at=at)
    html = browser.get("/en/languages/es/").content.decode()
    assert re.findall(r"Voluntaria \d", html) == ["Voluntaria 0"]
    assert "2 volunteers check works." in html
    assert "<strong>Translation</strong>: 1 volunteer<" in html


def test_a_hub_leads_to_its_channels_and_its_lists(browser: Browser, publish: Publish, at: datetime) -> None:
    publish()
    for number, (state, tags) in enumerate((("active", ["es"]), ("paused", ["es"]), ("active", ["ar"]))):
        Channel.objects.create(
            network="mastodon",
            address="https://social.example",
            handle=f"@altavoz{number}@social.example",
            languages=tags,
            characters=500,
            link_characters=23,
            state=state,
            connected_at=at,
        )
    html = browser.get("/es/languages/es/").content.decode()
    assert re.findall(r'href="(https://social[^"]+)"', html) == ["https://social.example/@altavoz0"]
    assert 'href="/es/explore/?language=es&amp;kind=video"' in html
    assert 'href="/es/explore/?language=es&amp;topic=asyncio"' in html


def test_a_new_member_shows_at_once(
    browser: Browser,
    publish: Publish,
    volunteers: list[Account],
    at: datetime,
    deliver: Callable[[], None],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    publish()
    join("es", "moderation", volunteers[0], at=at)
    assert "One more is needed" in browser.get("/en/languages/es/").content.decode()
    team = Team.objects.get()
    people.join_team(account=volunteers[1], team=team, role="trainee", by=None, at=at)
    people.change_role(
        membership=Membership.objects.get(account=volunteers[1]), role="member", by=None, at=at
    )
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    assert "2 volunteers check works." in browser.get("/en/languages/es/").content.decode()
    people.leave_team(membership=Membership.objects.get(account=volunteers[1]), by=None, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        deliver()
    assert "One more is needed" in browser.get("/en/languages/es/").content.decode()


def test_a_language_nobody_knows_has_no_hub(browser: Browser, publish: Publish) -> None:
    publish()
    assert [browser.get(f"/es/languages/{tag}/").status_code for tag in ("und", "ES", "nonsense-x")] == [
        404
    ] * 3


def test_the_front_page_lets_each_language_speak_once(browser: Browser, publish: Publish) -> None:
    publish()
    for number in range(2, 6):
        publish(number, spoken_language="ar" if number % 2 else "ja", title=f"T{number}")
    html = browser.get("/es/").content.decode()
    section = html[html.index('id="elsewhere"') : html.index('id="join"')]
    assert re.findall(r">(T\d)<", section) == ["T3", "T2"]
    assert Publication.objects.count() == 5
