"""Taking one's data along, and leaving."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from altavoz.people import actions, policies
from altavoz.people.forms.people import LeavingForm
from altavoz.people.guards import signed_in


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Say what is in the file; hand it out when asked."""
    if request.method == "GET":
        return render(request, "people/export.html")
    account = signed_in(request)
    policies.require(account, "people.export_account", account)
    file = JsonResponse(actions.export(account), json_dumps_params={"indent": 2, "ensure_ascii": False})
    file["Content-Disposition"] = 'attachment; filename="altavoz.json"'
    return file


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Explain what goes and what stays; forget the person when they are sure."""
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "people/delete.html", {"form": form})
    account = signed_in(request)
    actions.erase(account=account, by=account, at=timezone.now())
    logout(request)
    messages.success(request, _("Your account is deleted. Thank you for having been here."))
    return redirect("account_login")
