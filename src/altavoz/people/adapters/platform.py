"""Signing in with GitHub, GitLab or Google, where the operator has set it up."""

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from altavoz.people import words
from altavoz.people.models import Account


class PlatformAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Takes over name and address as a suggestion; people confirm both."""

    error_messages = DefaultSocialAccountAdapter.error_messages | words.PLATFORM_ERRORS

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Account:  # noqa: ARG002, ANN401 the library's shape
        """Fill in what the platform knows."""
        account: Account = sociallogin.user
        account.email = (data.get("email") or "").lower()
        parts = (data.get("first_name"), data.get("last_name"))
        account.name = (data.get("name") or " ".join(filter(None, parts)) or data.get("username") or "")[:100]
        return account

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ARG002, ANN401 the library's shape
        """Keep one address, the main one, of those the platform told: nobody asked us to know the others."""
        known = sociallogin.email_addresses
        sociallogin.email_addresses = sorted(known, key=lambda one: (not one.primary, not one.verified))[:1]

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """Return what the operator has set up; where that is nothing, nothing is looked up."""
        if not settings.SOCIALACCOUNT_PROVIDERS:
            return []
        apps: list[Any] = super().list_apps(request, provider=provider, client_id=client_id)
        return apps

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, str]:  # noqa: ANN401 the library's shape
        """Return what the sign-up form starts with."""
        return {"email": sociallogin.user.email, "name": sociallogin.user.name}
