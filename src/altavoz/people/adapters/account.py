"""Accounts made by signing up, and the mails and messages around signing in."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation

from altavoz.people import actions, mail, words
from altavoz.people.models import Account


def shown_name(account: Account) -> str:
    """Return how the library names a person."""
    return account.shown_name


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Makes our accounts and sends our mails."""

    error_messages = DefaultAccountAdapter.error_messages | words.ACCOUNT_ERRORS

    def new_user(self, request: HttpRequest) -> Account:  # noqa: ARG002 the library's shape
        """Return an account, not yet stored, that speaks the language of the page."""
        return Account(language=translation.get_language() or settings.LANGUAGE_CODE)

    def save_user(
        self,
        request: HttpRequest,  # noqa: ARG002 the library's shape
        user: Account,
        form: BaseForm,
        commit: bool = True,  # noqa: FBT001, FBT002, ARG002 as above
    ) -> Account:
        """Store the account that the sign-up form describes."""
        user.email, user.name = form.cleaned_data["email"], form.cleaned_data["name"]
        actions.admit(account=user, at=timezone.now())
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue our mail of that name, in the language of whose address it is."""
        values = {key: str(value) for key, value in context.items() if key in _MAIL_VALUES}
        provider = context.get("provider")
        mail.send(
            email,
            template=f"people/mail/{template_prefix.rpartition('/')[2]}",
            context=values
            | {"provider": getattr(provider, "name", ""), "sign_in_url": _absolute("account_login")},
            language=self._language_for(email, context),
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """Tell who signs up twice that signing in is enough."""
        self.send_mail("account/email/account_already_exists", email, {})

    def _language_for(self, email: str, context: Mapping[str, Any]) -> str:
        """Return the language of the person, wherever they are known from; of the page for a stranger."""
        persons = (context.get("user"), _owner(email), getattr(self.request, "user", None))
        known = (person.language for person in persons if isinstance(person, Account) and person.pk)
        return next(known, translation.get_language() or settings.LANGUAGE_CODE)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 the library's shape
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Show one of our messages after a step."""
        text = message or words.MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)


#: What of the library's context our mails show.
_MAIL_VALUES = frozenset({"code", "signup_url", "from_email", "to_email", "deleted_email"})


def _owner(email: str) -> Account | None:
    address = (
        EmailAddress.objects.filter(email=email.lower()).select_related("user").order_by("-verified").first()
    )
    return address.user if address else None


def _absolute(name: str) -> str:
    return settings.PUBLIC_URL + reverse(name)
