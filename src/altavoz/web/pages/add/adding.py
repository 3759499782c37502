"""Paste an address, see what was found, confirm it."""

from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from altavoz.ingest import actions as ingest
from altavoz.ingest import discovery
from altavoz.ingest.discovery import Found, NotFound
from altavoz.ingest.models import Source
from altavoz.ingest.states import SourceState
from altavoz.ingest.words import KINDS
from altavoz.showcase import actions as showcase
from altavoz.showcase import queries
from altavoz.showcase.models import Creator
from altavoz.web import limits
from altavoz.web.forms.adding import AddressForm, ConfirmForm
from altavoz.web.pages import doors

_WINDOW = timedelta(minutes=10)
_LOOKS, _ADDS = 20, 10
_REMEMBERED = timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for an address, show what is there, and add it once that is confirmed."""
    if request.method == "POST":
        return _confirmed(request)
    if "address" not in request.GET:
        return render(request, "web/add/ask.html", {"form": AddressForm()})
    return _looked_at(request)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank for a suggestion; the page is the same for all, so it shows nothing unchecked."""
    return render(request, "web/add/thanks.html")


def _looked_at(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.GET)
    if not form.is_valid():
        return render(request, "web/add/ask.html", {"form": form})
    if not limits.allowed(request, "look", most=_LOOKS, within=_WINDOW):
        return doors.too_often(request)
    found = _look(form.cleaned_data["address"])
    return _shown(request, found) if isinstance(found, Found) else _nothing(request, form, found)


def _look(address: str) -> Found | NotFound:
    """Return what is at an address; what was found is remembered until it is confirmed."""
    key = f"found:{sha256(address.encode()).hexdigest()}"
    kept: Found | None = cache.get(key)
    found = kept or discovery.discover(address)
    if isinstance(found, Found):
        cache.set(key, found, _REMEMBERED.total_seconds())
    return found


def _nothing(request: HttpRequest, form: AddressForm, found: NotFound) -> HttpResponse:
    form.add_error("address", str(found.reason))
    return render(request, "web/add/ask.html", {"form": form})


def _shown(request: HttpRequest, found: Found, form: ConfirmForm | None = None) -> HttpResponse:
    values = {
        "found": found,
        "kind": KINDS[found.kind],
        "alternatives": [
            (KINDS[other.kind], other.title, other.address)
            for other in found.alternatives
            if other.address != found.address
        ],
        "known": Source.objects.filter(feed_url=found.feed_url, state=SourceState.LIVING.value).first(),
        "form": form or ConfirmForm(found=found, creators=_own(request), auto_id="add_%s"),
        "asked": AddressForm(initial={"address": found.address}),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "web/add/found.html", values, status=status)


def _own(request: HttpRequest) -> list[Creator]:
    account = doors.visitor(request)
    return list(queries.owned_by(account)) if account else []


def _confirmed(request: HttpRequest) -> HttpResponse:
    asked = AddressForm(request.POST)
    if not asked.is_valid():
        return render(request, "web/add/ask.html", {"form": asked}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if not limits.allowed(request, "add", most=_ADDS, within=_WINDOW):
        return doors.too_often(request)
    found = _look(asked.cleaned_data["address"])
    if isinstance(found, NotFound):
        return _nothing(request, asked, found)
    form = ConfirmForm(request.POST, found=found, creators=_own(request), auto_id="add_%s")
    return _added(request, found, form) if form.is_valid() else _shown(request, found, form)


def _added(request: HttpRequest, found: Found, form: ConfirmForm) -> HttpResponse:
    try:
        source = _store(request, found, form)
    except ingest.KnownSourceError as known:  # pressed twice, or somebody else was quicker
        source = known.source
    return _onwards(request, source)


@transaction.atomic
def _store(request: HttpRequest, found: Found, form: ConfirmForm) -> Source:
    """Add the channel, with the language the person named, and have it read at once."""
    by, at = doors.visitor(request), timezone.now()
    _creator, source = showcase.add_channel(
        found=found, creator=form.chosen, name=form.cleaned_data["name"], by=by, at=at
    )
    if language := form.cleaned_data["language"]:
        ingest.set_language(source=source, language=language, by=by, at=at)
    ingest.poll_soon(source=source, at=at)
    return source


def _onwards(request: HttpRequest, source: Source) -> HttpResponse:
    """Lead to the proof; a visitor has nothing to prove with, and is thanked."""
    if doors.visitor(request):
        return redirect("web:prove", source.pk)
    return HttpResponseRedirect(reverse("web:add_thanks"))
