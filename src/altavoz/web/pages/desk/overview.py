"""The desk of a creator at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from altavoz.ingest import queries as ingest
from altavoz.ingest.models import Proof, Source
from altavoz.ingest.states import Health, ProofMethod, ProofState, SourceKind, SourceState
from altavoz.ingest.words import KINDS, METHODS
from altavoz.people import guards
from altavoz.showcase import desk_queries as desks
from altavoz.showcase import queries as showcase
from altavoz.showcase.desk_queries import Shelf
from altavoz.showcase.models import Creator
from altavoz.web.cards import Link
from altavoz.web.pages.desk.standing import standings
from altavoz.web.positions import position

_PAGE = 20
_MOST_PROOFS = 50
_TONES = {Health.WELL: "good", Health.NEW: "info", Health.TROUBLED: "warn"}
_PROOF_TONES = {ProofState.PROVED: "good", ProofState.WAITING: "warn"}
_SHELVES: Mapping[Shelf | None, "str | Promise"] = {
    None: pgettext_lazy("works on the desk", "All"),
    Shelf.NEEDED: pgettext_lazy("works on the desk", "Need you"),
    Shelf.WAITING: pgettext_lazy("works on the desk", "Being checked"),
    Shelf.SHOWN: pgettext_lazy("works on the desk", "Published"),
    Shelf.HIDDEN: pgettext_lazy("works on the desk", "Hidden"),
}


@dataclass(frozen=True)
class Channel:
    """A channel as the desk lists it."""

    source: Source
    kind: Promise
    health: Promise
    tone: str
    works: int
    may_visit: bool


@dataclass(frozen=True)
class Shown:
    """A proof as the desk lists it."""

    proof: Proof
    method: Promise
    tone: str


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show one of the person's creators: works by page and state, channels; invite who has none."""
    account = guards.signed_in(request)
    creators = list(showcase.owned_by(account))
    creator = _chosen(creators, request.GET.get("creator", ""))
    values: dict[str, object] = {"creators": creators, "creator": creator}
    if creator is None:
        values["proofs"] = [_proof(row) for row in ingest.proofs_of(account.pk)[:_MOST_PROOFS]]
    else:
        values |= _works(request, creator)
        values["channels"] = [channel_of(row) for row in ingest.sources_of(creator.subject)]
    part = "web/desk/works_part.html" if "HX-Request" in request.headers and creator else "web/desk/desk.html"
    response = render(request, part, values)
    patch_vary_headers(response, ["HX-Request"])  # going back shows the whole page
    return response


@login_required
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Show every proof the person began, and how far each is."""
    account = guards.signed_in(request)
    proofs = [_proof(row) for row in ingest.proofs_of(account.pk)[:_MOST_PROOFS]]
    return render(request, "web/desk/claims.html", {"proofs": proofs})


def _works(request: HttpRequest, creator: Creator) -> dict[str, object]:
    """Return a page of works and the shelves they stand on."""
    shelf = _shelf(request.GET.get("state", ""))
    before = request.GET.get("before", "")
    rows = desks.works(creator.pk, shelf=shelf, before=position(before), limit=_PAGE + 1)
    more = rows[_PAGE - 1].publication.pk if rows[_PAGE:] else None
    counted = desks.counts(creator.pk)
    return {
        "works": standings(rows[:_PAGE], timezone.now()),
        "next": _address(creator, shelf, more) if more else "",
        "first": _address(creator, shelf) if before else "",
        "every": counted[None],
        "shelves": [
            Link(label=str(words), href=_address(creator, each), count=counted[each], active=each == shelf)
            for each, words in _SHELVES.items()
        ],
    }


def _shelf(given: str) -> Shelf | None:
    return Shelf(given) if given in set(Shelf) else None


def _chosen(creators: list[Creator], slug: str) -> Creator | None:
    named = (creator for creator in creators if creator.slug == slug)
    return next(named, creators[0] if creators else None)


def _address(creator: Creator, shelf: Shelf | None, before: int | None = None) -> str:
    asked = {"creator": creator.slug, "state": shelf.value if shelf else "", "before": str(before or "")}
    return f"{reverse('web:desk')}?{urlencode({name: value for name, value in asked.items() if value})}"


def channel_of(source: Source) -> Channel:
    """Return a channel with its health in words; `living_entries` is annotated by `sources_of`."""
    living = source.state == SourceState.LIVING
    return Channel(
        source,
        KINDS[SourceKind(source.kind)],
        ingest.health_in_words(source),
        _TONES.get(Health(source.health), "bad") if living else "bad",
        source.living_entries,  # type: ignore[attr-defined]  # annotated by sources_of
        living and source.health in {Health.TROUBLED, Health.FAILING},
    )


def _proof(proof: Proof) -> Shown:
    return Shown(proof, METHODS[ProofMethod(proof.method)], _PROOF_TONES.get(ProofState(proof.state), "bad"))
