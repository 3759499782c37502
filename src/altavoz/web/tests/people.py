"""People at desks: an account in a team, and its browser."""

from datetime import datetime

from altavoz.people import actions
from altavoz.people.models import Account
from altavoz.web.tests.browser import Browser


def an_account(name: str, *, at: datetime, language: str = "es") -> Account:
    return actions.create_account(
        email=f"{name.lower()}@altavoz.example", name=name, language=language, at=at
    )


def in_team(account: Account, kind: str, language: str, *, at: datetime, role: str = "member") -> Account:
    team = actions.open_team(language=language, kind=kind, by=None, at=at)
    actions.join_team(account=account, team=team, role=role, by=None, at=at)
    return account


def browser_of(account: Account | None) -> Browser:
    browser = Browser(headers={"host": "altavoz.example", "sec-fetch-site": "same-origin"})
    if account is not None:
        browser.force_login(account)
    return browser
