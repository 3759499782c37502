"""People to test with."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from altavoz.people import actions
from altavoz.people.models import Account, Team

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def ana() -> Account:
    return actions.create_account(email="ana@example.org", name="Ana", language="es", at=NOW)


@pytest.fixture
def bo() -> Account:
    return actions.create_account(email="bo@example.org", name="Bo", language="en", at=NOW)


@pytest.fixture
def operator() -> Account:
    return Account.objects.create_superuser("operator@example.org")


@pytest.fixture
def team() -> Team:
    return actions.open_team(language="es", kind="moderation", by=None, at=NOW)


@pytest.fixture
def as_ana(client: Client, ana: Account) -> Client:
    client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def lead(bo: Account, team: Team) -> Account:
    actions.join_team(account=bo, team=team, role="lead", by=None, at=NOW)
    return bo


@pytest.fixture
def mails(deliver: Callable[..., int], mailoutbox: list[EmailMessage]) -> Callable[[], list[EmailMessage]]:
    """Send what waits, and return all that was sent."""

    def sent() -> list[EmailMessage]:
        deliver()
        return mailoutbox

    return sent


def code_in(mail: EmailMessage) -> str:
    found = re.search(r"\d{4}-\d{4}", str(mail.body))
    assert found, mail.body
    return found[0]
