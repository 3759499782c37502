"""Django's admin, behind our own sign-in: by code or passkey, with a second factor, for operators only."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from altavoz.people import policies
from altavoz.people.models import Account


class OperatorSite(AdminSite):
    """Asks for what teams are asked for: a passkey or an authenticator app besides the sign-in."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether this is an operator whose second factor is set up, or waived in the demo."""
        return super().has_permission(request) and policies.may(_account(request), "people.work_in_teams")

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponse:  # noqa: ARG002 Django's shape
        """Send strangers to sign in and operators to set up their second factor; raises PermissionDenied for others."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or request.get_full_path())
        if not super().has_permission(request):
            raise PermissionDenied
        return redirect("mfa_index")


def _account(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None
