"""The head of the page: who is signed in finds the rooms that are open to them, and no others."""

import re
from datetime import datetime

import pytest

from altavoz.people.models import Account, Membership, Team
from altavoz.web.tests.browser import Browser

_ALWAYS = ["/en/desk/", "/en/searches/", "/en/settings/", "/en/account/logout/"]


def rooms(browser: Browser) -> list[str]:
    html = browser.get("/en/about/").content.decode()
    menu = html[html.index("Your account:") :]
    return re.findall(r'href="([^"]+)"', menu[: menu.index("</ul>")])


@pytest.mark.parametrize(
    ("kind", "role", "left", "more"),
    [
        ("moderation", "member", 0, ["/en/moderate/"]),
        ("moderation", "lead", 0, ["/en/moderate/"]),
        ("moderation", "trainee", 0, []),
        ("moderation", "member", 1, []),
        ("promotion", "member", 0, ["/en/promote/"]),
        ("translation", "member", 0, []),
    ],
)
def test_only_members_find_the_desk_of_a_team(
    browser: Browser, person: Account, at: datetime, kind: str, role: str, left: int, more: list[str]
) -> None:
    team = Team.objects.create(language="es", kind=kind)
    Membership.objects.create(
        team=team, account=person, role=role, joined_at=at, left_at=at if left else None
    )
    browser.force_login(person)
    assert rooms(browser) == [_ALWAYS[0], *more, *_ALWAYS[1:]]


@pytest.mark.django_db
def test_visitors_find_no_rooms(browser: Browser) -> None:
    html = browser.get("/en/about/").content.decode()
    assert "Your account:" not in html
    assert "/en/moderate/" not in html


def test_every_room_that_is_always_open_can_be_entered(browser: Browser, person: Account) -> None:
    browser.force_login(person)
    assert [browser.get(room).status_code for room in _ALWAYS] == [200, 200, 200, 200]
