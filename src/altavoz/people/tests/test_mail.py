"""Mail in the person's language, in both directions of writing, and never to those who left."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.template.loader import get_template

from altavoz.people import actions, mail
from altavoz.people.models import Account
from altavoz.people.tests.conftest import NOW

pytestmark = pytest.mark.django_db
Mails = Callable[[], list[EmailMessage]]
TEMPLATES = sorted(
    path.name.removesuffix(".subject.txt")
    for path in (Path(__file__).parent.parent / "templates/people/mail").glob("*.subject.txt")
)


def html_of(message: EmailMessage) -> str:
    return str(message.alternatives[0][0])  # type: ignore[attr-defined]


def test_a_mail_is_queued_and_sent_in_the_persons_language(
    ana: Account, mails: Mails, mailoutbox: list[EmailMessage]
) -> None:
    mail.send(ana, template="people/mail/login_code", context={"code": "1234-5678"})
    assert mailoutbox == []
    [message] = mails()
    assert message.to == ["Ana <ana@example.org>"]
    assert message.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "Content-Language": "es",
        "List-Id": "Altavoz people <people.altavoz.localhost>",
        "X-Auto-Response-Suppress": "All",
    }
    assert "1234-5678" in str(message.body)
    assert '<html lang="es" dir="ltr">' in html_of(message)


@pytest.mark.parametrize(
    ("language", "tag", "direction"), [("ar", "ar", "rtl"), ("pt-br", "pt-BR", "ltr"), ("ja", "ja", "ltr")]
)
def test_the_language_asked_for_wins(
    ana: Account, mails: Mails, language: str, tag: str, direction: str
) -> None:
    mail.send(ana, template="people/mail/totp_activated", language=language)
    [message] = mails()
    assert f'<html lang="{tag}" dir="{direction}">' in html_of(message)


def test_an_address_of_nobody_gets_the_sites_language(mails: Mails) -> None:
    mail.send("someone@example.org", template="people/mail/login_code", context={"code": "1"})
    [message] = mails()
    assert (message.to, message.extra_headers["Content-Language"]) == (["someone@example.org"], "es")


def test_who_left_before_the_mail_did_gets_none(ana: Account, mails: Mails) -> None:
    mail.send(ana, template="people/mail/totp_activated")
    actions.erase(account=ana, by=ana, at=NOW)
    assert mails() == []


def test_context_is_json(ana: Account) -> None:
    with pytest.raises(TypeError):
        mail.send(ana, template="people/mail/login_code", context={"at": datetime(2026, 1, 1, tzinfo=UTC)})


def test_plain_parts_escape_nothing_and_html_does(mails: Mails) -> None:
    context = {"from_email": "a&b@example.org", "to_email": "<c>@example.org"}
    mail.send("a&b@example.org", template="people/mail/email_changed", context=context)
    [message] = mails()
    assert "a&b@example.org" in str(message.body)
    assert "a&amp;b@example.org" in html_of(message)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_mail_has_three_parts_and_follows_nobody(name: str) -> None:
    context = {
        "code": "1234-5678",
        "signup_url": "https://x.example/up",
        "sign_in_url": "https://x.example/in",
    }
    message = mail.compose(
        address="x@example.org", template=f"people/mail/{name}", context=context, language="en"
    )
    assert message.subject
    assert "\n" not in str(message.subject)
    assert get_template(f"people/mail/{name}.txt")
    for trace in ("<img", "<script", "<link", "utm_"):
        assert trace not in html_of(message)
