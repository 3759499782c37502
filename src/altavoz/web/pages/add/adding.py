"""Paste an address, watch how it is looked at, see what was found."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from altavoz.ingest import actions as ingest
from altavoz.ingest import discovery
from altavoz.ingest.discovery import Found, NotFound, storing
from altavoz.ingest.discovery.steps import WORDS
from altavoz.ingest.discovery.words import because
from altavoz.ingest.models import Discovery, Source
from altavoz.ingest.states import DiscoveryState, SourceState
from altavoz.ingest.words import KINDS
from altavoz.web import limits
from altavoz.web.forms.adding import AddressForm, ConfirmForm
from altavoz.web.pages import doors
from altavoz.web.pages.add import confirming

_WINDOW = timedelta(minutes=10)
_LOOKS, _ADDS = 20, 10
#: After so long we say that it takes longer than usual.
_LONG = timedelta(seconds=6)
#: What passes by itself, so that trying again is worth it.
_PASSING = frozenset(
    {
        "fetch_connect", "fetch_dns", "fetch_hung_up", "fetch_timeout", "fetch_truncated", "our_fault",
        "status_busy", "status_error", "took_too_long", "youtube_feed",
    }
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for an address; a pasted one is looked at, by whoever looks at it already."""
    if request.method != "POST":
        return _asked(request, AddressForm(initial={"address": _shared(request)}))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _asked(request, form)
    address = form.cleaned_data["address"]
    if isinstance(wrong := discovery.begin(address), NotFound):
        form.add_error("address", str(wrong.reason))
        return _asked(request, form)
    if not limits.allowed(request, "look", most=_LOOKS, within=_WINDOW):
        return doors.too_often(request)
    row = ingest.ask_discovery(address=address, at=timezone.now())
    return redirect("web:found", row.token)


def _shared(request: HttpRequest) -> str:
    """Return the address that another app or a link handed over; some apps hand over a text that holds it."""
    handed = (request.GET.get(name, "")[:2_000] for name in ("address", "text", "title"))
    first = next((words for words in handed if words), "")
    return next((word for word in first.split() if "://" in word), first)


def _asked(request: HttpRequest, form: AddressForm, status: int = HTTPStatus.OK) -> HttpResponse:
    wrong = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else status
    return render(request, "web/add/ask.html", {"form": form}, status=wrong)


@gzip_page  # it holds every language there is
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far the look is, then what was found and what to say about it; a post says it."""
    row = Discovery.objects.filter(token=token).first()
    if row is None:
        return render(request, "web/add/expired.html", {"form": AddressForm()}, status=HTTPStatus.GONE)
    if row.state == DiscoveryState.FOUND:
        return _there(request, row)
    if row.state == DiscoveryState.NOTHING:
        return _nothing(request, row)
    return _looking(request, row)


def _looking(request: HttpRequest, row: Discovery) -> HttpResponse:
    at = timezone.now()
    ingest.revive_discovery(discovery=row, at=at)
    slow = row.asked_at + _LONG <= at
    seen = f"{row.step}.{int(slow)}"
    if request.GET.get("seen") == seen:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _part(
        request, row, "looking", {"step": WORDS.get(row.step, WORDS[""]), "slow": slow, "seen": seen}
    )


def _nothing(request: HttpRequest, row: Discovery) -> HttpResponse:
    values = {
        "reason": because(row.code),
        "passing": row.code in _PASSING,
        "asked": AddressForm(initial={"address": row.address}),
    }
    return _part(request, row, "nothing", values)


def _there(request: HttpRequest, row: Discovery) -> HttpResponse:
    what = storing.from_json(row.found or {})
    known = Source.objects.filter(feed_url=what.feed_url, state=SourceState.LIVING.value).first()
    if known:
        return _part(request, row, "found", _told(what) | {"known": known, "form": None})
    if request.method != "POST":
        return _part(request, row, "found", _told(what) | {"form": confirming.form_for(request, what)})
    if not limits.allowed(request, "add", most=_ADDS, within=_WINDOW):
        return doors.too_often(request)
    done = confirming.confirm(request, what)
    if isinstance(done, ConfirmForm):
        wrong = HTTPStatus.UNPROCESSABLE_ENTITY
        return _part(request, row, "found", _told(what) | {"form": done}, status=wrong)
    return done


def _told(what: Found) -> dict[str, object]:
    others = [
        (KINDS[other.kind], other.title, other.address)
        for other in what.alternatives
        if other.address != what.address
    ]
    return {"found": what, "kind": KINDS[what.kind], "alternatives": others, "known": None}


def _part(
    request: HttpRequest,
    row: Discovery,
    name: str,
    values: dict[str, object],
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """Draw the page; for htmx only the part that changes, so that it equals the page drawn anew."""
    whole = {"discovery": row, "part": f"web/add/{name}.html", "state": name} | values
    template = "web/add/look_part.html" if "HX-Request" in request.headers else "web/add/look.html"
    response = render(request, template, whole, status=status)
    patch_vary_headers(response, ["HX-Request"])  # going back shows the whole page
    return response
