"""The operators' pages open to operators with a second factor, and to nobody else."""

from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from altavoz.people import actions
from altavoz.people.models import Account
from altavoz.people.tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> Account:
    return Account.objects.create_superuser("operator@example.org")


@pytest.fixture(autouse=True)
def _second_factor_required(settings: LazySettings) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = True


def where(client: Client, account: Account | None = None) -> tuple[int, str]:
    """Return status and address of what the front page of the admin leads to."""
    if account is not None:
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/operator/", follow=True, headers={"accept-language": "es"})
    return answer.status_code, answer.redirect_chain[-1][0] if answer.redirect_chain else "/operator/"


def test_a_stranger_signs_in_as_everybody_does(client: Client) -> None:
    assert where(client) == (200, "/es/account/login/?next=" + quote("/operator/", safe="/"))


def test_an_operator_without_second_factor_is_led_to_set_one_up(client: Client, operator: Account) -> None:
    assert where(client, operator) == (200, "/es/account/2fa/")


def test_an_operator_with_a_second_factor_is_in(client: Client, operator: Account) -> None:
    Authenticator.objects.create(user=operator, type=Authenticator.Type.TOTP, data={})
    assert where(client, operator) == (200, "/operator/")


def test_the_demo_asks_for_none(client: Client, operator: Account, settings: LazySettings) -> None:
    settings.ALTAVOZ_REQUIRE_MFA = False
    assert where(client, operator) == (200, "/operator/")


def test_anybody_else_is_refused(client: Client) -> None:
    ana = actions.create_account(email="ana@example.org", name="Ana", language="es", at=NOW)
    assert where(client, ana)[0] == 403
