"""Editing what a creator's page says."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from altavoz.people import guards
from altavoz.showcase import actions, policies
from altavoz.showcase.models import Creator
from altavoz.web.forms.creators import CreatorForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name, about, website and country of an own creator."""
    account = guards.signed_in(request)
    creator = get_object_or_404(Creator, pk=pk)
    if not policies.owns_creator(account, creator):
        raise Http404
    form = CreatorForm(request.POST or None, creator=creator)
    if request.method == "POST" and form.is_valid():
        actions.edit_creator(creator=creator, by=account, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your page is changed."))
        return redirect("web:desk")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "web/desk/profile.html", {"creator": creator, "form": form}, status=status)
