"""People too close to judge each other's work."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from altavoz.people import actions, queries
from altavoz.people.forms.people import AffiliationForm
from altavoz.people.guards import signed_in


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def affiliations(request: HttpRequest) -> HttpResponse:
    """Show what the person declared, and declare more."""
    account = signed_in(request)
    form = AffiliationForm(request.POST if request.method == "POST" else None, account=account)
    if form.is_valid() and form.other:
        actions.declare_affiliation(
            one=account, other=form.other, reason=form.cleaned_data["reason"], by=account, at=timezone.now()
        )
        messages.success(request, _("Noted. Neither of you decides on the other's work from now on."))
        return redirect("people:affiliations")
    return render(
        request, "people/affiliations.html", {"form": form, "declarations": queries.declarations_of(account)}
    )


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's declarations; those of others do not exist for them."""
    account = signed_in(request)
    found = get_object_or_404(queries.declarations_of(account), pk=pk)
    actions.end_affiliation(affiliation=found, by=account, at=timezone.now())
    messages.success(request, _("That is over. If somebody else said the same, it still counts."))
    return redirect("people:affiliations")
