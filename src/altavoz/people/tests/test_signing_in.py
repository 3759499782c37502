"""Signing in and up: by code, in the person's language, telling strangers nothing."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from altavoz.people.models import Account, Profile, Session
from altavoz.people.tests.conftest import code_in

pytestmark = pytest.mark.django_db
Mails = Callable[[], list[EmailMessage]]


def ask_for_code(client: Client, email: str, language: str = "en") -> None:
    answer = client.post(f"/{language}/account/login/", {"login": email})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/account/login/code/confirm/")


def test_a_code_by_mail_signs_in(client: Client, ana: Account, mails: Mails) -> None:
    ask_for_code(client, "Ana@Example.org")
    [mail] = mails()
    answer = client.post("/en/account/login/code/confirm/", {"code": code_in(mail)})
    assert (answer.status_code, answer["Location"]) == (302, "/en/settings/")
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("ana@example.org", True)]


@pytest.mark.parametrize("sign", ["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９"])
def test_codes_may_be_typed_in_other_digits(client: Client, ana: Account, mails: Mails, sign: str) -> None:
    ask_for_code(client, ana.email)
    typed = code_in(mails()[0]).translate(str.maketrans("0123456789", sign))
    assert (
        client.post("/en/account/login/code/confirm/", {"code": f" {typed} "})["Location"] == "/en/settings/"
    )


def test_the_session_knows_its_account(client: Client, ana: Account, mails: Mails) -> None:
    ask_for_code(client, ana.email)
    client.post("/en/account/login/code/confirm/", {"code": code_in(mails()[0])})
    assert list(Session.objects.filter(account=ana).values_list("session_key", flat=True)) == [
        client.session.session_key
    ]


def test_the_mail_is_in_the_persons_language_whatever_the_page(
    client: Client, ana: Account, mails: Mails
) -> None:
    Account.objects.filter(pk=ana.pk).update(language="ar")
    ask_for_code(client, ana.email, "ja")
    [mail] = mails()
    assert (mail.to, mail.extra_headers["Content-Language"]) == (["ana@example.org"], "ar")
    assert '<html lang="ar" dir="rtl">' in str(mail.alternatives[0][0])  # type: ignore[attr-defined]


def test_a_wrong_code_is_told_and_three_are_enough(client: Client, ana: Account, mails: Mails) -> None:
    ask_for_code(client, ana.email)
    mails()
    page = client.post("/en/account/login/code/confirm/", {"code": "0000-0000"})
    assert "That is not the code. Please look again, or ask for a new one." in page.content.decode()
    client.post("/en/account/login/code/confirm/", {"code": "0000-0001"})
    answer = client.post("/en/account/login/code/confirm/", {"code": "0000-0002"})
    assert answer["Location"] == "/en/account/login/code/"
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(client: Client, ana: Account, mails: Mails) -> None:
    ask_for_code(client, ana.email)
    code = code_in(mails()[0])
    client.post("/en/account/login/code/confirm/", {"code": code})
    again = Client()
    ask_for_code(again, ana.email)
    assert again.post("/en/account/login/code/confirm/", {"code": code}).status_code == 200


def test_a_new_code_replaces_the_old_one(client: Client, ana: Account, mails: Mails) -> None:
    ask_for_code(client, ana.email)
    client.post("/en/account/login/code/confirm/", {"action": "resend"})
    first, second = (code_in(mail) for mail in mails())
    assert client.post("/en/account/login/code/confirm/", {"code": first}).status_code == 200
    assert client.post("/en/account/login/code/confirm/", {"code": second})["Location"] == "/en/settings/"


def page_without(answer: str, *words: str) -> str:
    for word in words:
        answer = answer.replace(word, "")
    return answer


def test_signing_in_tells_nothing_of_strangers(bo: Account, mails: Mails) -> None:
    known, stranger = Client(), Client()
    ask_for_code(known, bo.email)
    ask_for_code(stranger, "nobody@example.org")
    pages = [browser.get("/en/account/login/code/confirm/").content.decode() for browser in (known, stranger)]
    assert page_without(pages[0], bo.email) == page_without(pages[1], "nobody@example.org")
    assert [mail.subject for mail in mails()] == [
        "Your code to sign in",
        "There is no account with this address",
    ]
    assert stranger.post("/en/account/login/code/confirm/", {"code": ""}).status_code == 200


def test_signing_up_by_code(client: Client, mails: Mails) -> None:
    answer = client.post("/pt-br/account/signup/", {"email": "Nova@Example.org", "name": " Nova  Pessoa "})
    assert (answer.status_code, answer["Location"]) == (302, "/pt-br/account/confirm-email/")
    [mail] = mails()
    assert mail.extra_headers["Content-Language"] == "pt-BR"
    client.post("/pt-br/account/confirm-email/", {"code": code_in(mail)})
    account = Account.objects.get(email="nova@example.org")
    assert (account.name, account.language, account.has_usable_password()) == ("Nova Pessoa", "pt-br", False)
    assert Profile.objects.get(account=account).reads == ["pt"]
    assert client.session["_auth_user_id"] == str(account.pk)


def test_signing_up_tells_nothing_of_those_who_are_here(ana: Account, mails: Mails) -> None:
    EmailAddress.objects.update(verified=True)
    fresh, taken = Client(), Client()
    for browser, email in ((fresh, "fresh@example.org"), (taken, ana.email)):
        answer = browser.post("/en/account/signup/", {"email": email, "name": "Somebody"})
        assert answer["Location"] == "/en/account/confirm-email/"
    pages = [browser.get("/en/account/confirm-email/").content.decode() for browser in (fresh, taken)]
    assert page_without(pages[0], "fresh@example.org") == page_without(pages[1], ana.email)
    assert [mail.to for mail in mails()] == [["fresh@example.org"], ["ana@example.org"]]
    assert Account.objects.get(pk=ana.pk).name == "Ana"


def test_signing_up_needs_a_name(client: Client) -> None:
    page = client.post("/en/account/signup/", {"email": "x@example.org", "name": ""}).content.decode()
    assert 'href="#id_name"' in page
    assert not Account.objects.exists()


@pytest.mark.usefixtures("as_ana")
def test_there_are_no_passwords(client: Client) -> None:
    for path in ("password/reset/", "password/change/", "password/set/", "password/reset/done/"):
        assert client.get(f"/en/account/{path}").status_code == 404


def test_no_password_opens_an_account(client: Client, ana: Account) -> None:
    assert not client.login(username=ana.email, password="")
    assert 'type="password"' not in client.get("/en/account/login/").content.decode()


def test_many_codes_in_a_short_time_are_refused(client: Client, ana: Account, mails: Mails) -> None:
    for _ in range(3):
        ask_for_code(Client(), ana.email)
    page = client.post("/en/account/login/", {"login": ana.email}).content.decode()
    assert "That was too often. Please wait a few minutes, then ask for a new code." in page
    assert len(mails()) == 3


def test_signing_out(as_ana: Client) -> None:
    assert "Sign out?" in as_ana.get("/en/account/logout/").content.decode()
    as_ana.post("/en/account/logout/")
    assert "_auth_user_id" not in as_ana.session


def test_forms_carry_no_token(client: Client) -> None:
    assert "csrfmiddlewaretoken" not in client.get("/en/account/login/").content.decode()


def test_strangers_get_no_cookie_on_the_sign_in_page(client: Client) -> None:
    assert client.get("/en/account/login/").cookies == {}


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_signup"])
def test_the_doors_speak_every_language(client: Client, name: str) -> None:
    for language in ("es", "pt-br", "fr", "en", "ar", "ja"):
        page = client.get(reverse(name).replace("/es/", f"/{language}/", 1))
        assert page.status_code == 200


def test_platforms_are_absent_unless_set_up(client: Client) -> None:
    assert "GitHub" not in client.get("/en/account/login/").content.decode()


def test_platforms_are_offered_where_set_up(client: Client, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"github": {"APPS": [{"client_id": "id", "secret": "s"}]}}
    page = client.get("/en/account/login/").content.decode()
    assert ("GitHub" in page, "Google" in page, "GitLab" in page) == (True, False, False)
    assert 'action="/account/github/login/?process=login"' in page


def test_a_closed_account_gets_no_code(client: Client, bo: Account, mails: Mails) -> None:
    Account.objects.filter(pk=bo.pk).update(is_active=False)
    ask_for_code(client, bo.email)
    assert [mail.subject for mail in mails()] == ["There is no account with this address"]


@pytest.mark.parametrize("start", ["/en/account/login/", "/en/account/signup/"])
def test_the_doors_ask_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, start: str
) -> None:
    with django_assert_num_queries(0):
        client.get(start)
