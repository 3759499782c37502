"""The work this room leaves for later."""

from typing import Any

from django.conf import settings

from altavoz.core import jobs
from altavoz.people import mail
from altavoz.people.models import Account


@jobs.task(name="people.send_mail", queue="mail")
def send_mail(
    *, account_id: int | None, address: str, template: str, context: dict[str, Any], language: str
) -> None:
    """Send one mail; to a person at the address they have by now, to nobody where they left meanwhile."""
    name = ""
    if account_id is not None:
        person = Account.objects.filter(pk=account_id, erased_at__isnull=True).first()
        if person is None:
            return
        address, name, language = person.email, person.name, language or person.language
    message = mail.compose(
        address=address,
        name=name,
        template=template,
        context=context,
        language=language or settings.LANGUAGE_CODE,
    )
    message.send()
