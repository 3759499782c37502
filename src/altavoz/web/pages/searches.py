"""Searches that a person saved: each a list to come back to, and feeds of its own."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from altavoz.people.guards import signed_in
from altavoz.search import actions
from altavoz.search import queries as search
from altavoz.search.models import SavedSearch
from altavoz.web import filters, listing, readers
from altavoz.web.pages.explore import feeds_of


@dataclass(frozen=True)
class Row:
    """One saved search as the page lists it."""

    pk: int
    name: str
    href: str
    feeds: list[tuple[str, str]]


@login_required
@never_cache
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """List the searches the person saved, latest first."""
    rows = [_row(saved) for saved in search.saved_searches(signed_in(request))]
    return render(request, "web/searches.html", {"rows": rows})


def _row(saved: SavedSearch) -> Row:
    asked = filters.read(QueryDict(saved.query))
    return Row(saved.pk, saved.name, reverse("web:explore") + asked.query, feeds_of(asked))


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponseRedirect:
    """Save the list at the address given; lead to all that are saved."""
    asked = filters.read(QueryDict(request.POST.get("query", "")[: SavedSearch.LONGEST_QUERY]))
    person = signed_in(request)
    try:
        actions.save_search(
            account=person, name=_named(asked), query=asked.query, by=person, at=timezone.now()
        )
    except actions.SearchRefusedError:
        messages.error(request, _("This search could not be saved. You may keep up to a hundred."))
    else:
        messages.success(request, _("The search was saved."))
    return redirect("web:searches")


def _named(asked: filters.Filters) -> str:
    """Return what is asked for in the words of the page."""
    topics = readers.topics(asked.chosen.get("topic", ()), get_language() or "")
    answers = (
        listing.label_of(name, value, topics) for name, values in asked.chosen.items() for value in values
    )
    return " · ".join(word for word in (asked.text, *answers) if word)


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Let go of a saved search; 404 for somebody else's."""
    person = signed_in(request)
    saved = get_object_or_404(SavedSearch, pk=pk, account=person)
    actions.forget_search(search=saved, by=person, at=timezone.now())
    messages.success(request, _("The search was deleted."))
    return redirect("web:searches")
