"""About you: name, languages, country, time zone, consent."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from altavoz.people import actions
from altavoz.people.forms.settings import SettingsForm
from altavoz.people.guards import signed_in


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Show what a person told us, and change it."""
    account = signed_in(request)
    form = SettingsForm(request.POST if request.method == "POST" else None, account=account)
    if form.is_valid() and _save(request, form):
        with translation.override(account.language):
            messages.success(request, _("Your settings are saved."))
            return redirect(reverse("people:settings"))
    return render(request, "people/settings.html", {"form": form})


def _save(request: HttpRequest, form: SettingsForm) -> bool:
    account = signed_in(request)
    try:
        actions.change_settings(account=account, by=account, at=timezone.now(), **form.changes())
    except ValidationError as error:
        form.add_error("name" if getattr(error, "code", "") == "name" else None, error)
        return False
    return True


def no_passwords(request: HttpRequest, **_rest: str) -> HttpResponse:  # noqa: ARG001 the shape of a view
    """Answer that there is nothing: the library's password pages have no meaning here."""
    raise Http404
