"""E-mail to people: written in their language, queued in the transaction of the change, without tracking.

A mail is three templates, `<room>/mail/<name>.subject.txt`, `.txt` and `.html`; the last two extend
`people/mail/base.txt` and `people/mail/base.html`.
"""

import json
from collections.abc import Mapping
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

from altavoz.core import languages
from altavoz.people.models import Account


def send(
    recipient: Account | str, *, template: str, context: Mapping[str, Any] | None = None, language: str = ""
) -> None:
    """Queue a mail to a person, or to an address of somebody we do not know.

    The context must be JSON: numbers, texts, lists; words that need translating belong into the templates. The
    language is the one asked for, else the person's, else the site's. Afterwards a job waits, if the caller's
    transaction commits. Raises TypeError for a context that is not JSON.
    """
    from altavoz.people.tasks import send_mail

    values = json.loads(json.dumps(dict(context or {})))
    known = isinstance(recipient, Account)
    send_mail.defer(
        account_id=recipient.pk if isinstance(recipient, Account) else None,
        address="" if known else str(recipient),
        template=template,
        context=values,
        language=language,
    )


def compose(
    *, address: str, name: str = "", template: str, context: Mapping[str, Any], language: str
) -> EmailMultiAlternatives:
    """Return the mail, rendered in `language` and ready to be sent."""
    with translation.override(language):
        tag = translation.to_locale(language).replace("_", "-")
        values = dict(context) | _surroundings(tag, name)
        subject = " ".join(_plain(f"{template}.subject.txt", values).split())
        text = _plain(f"{template}.txt", values).strip() + "\n"
        html = render_to_string(f"{template}.html", values)
    mail = EmailMultiAlternatives(
        subject, text, to=[formataddr((name, address)) if name else address], headers=_headers(template, tag)
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _plain(template: str, values: Mapping[str, Any]) -> str:
    """Render without escaping: plain text has no markup to protect."""
    rendered = Engine.get_default().get_template(template).render(Context(dict(values), autoescape=False))
    return str(rendered)


def _surroundings(tag: str, name: str) -> dict[str, Any]:
    return {
        "lang": tag,
        "dir": languages.direction(tag),
        "site_url": settings.PUBLIC_URL,
        "site_host": urlsplit(settings.PUBLIC_URL).hostname,
        "recipient_name": name,
    }


def _headers(template: str, tag: str) -> dict[str, str]:
    """Say that no human wrote this, which room did, and in what language."""
    room = template.partition("/")[0]
    return {
        "Auto-Submitted": "auto-generated",
        "Content-Language": tag,
        "List-Id": f"Altavoz {room} <{room}.altavoz.{urlsplit(settings.PUBLIC_URL).hostname}>",
        "X-Auto-Response-Suppress": "All",
    }
