"""The desk of a creator at a glance."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from altavoz.ingest import queries as ingest
from altavoz.ingest.models import Proof, Source
from altavoz.ingest.states import Health, ProofMethod, ProofState, SourceKind, SourceState
from altavoz.ingest.words import KINDS, METHODS
from altavoz.people import guards
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator
from altavoz.web.pages.desk.standing import standings
from altavoz.web.positions import position

_PAGE = 20
_MOST_PROOFS = 50
_TONES = {Health.WELL: "good", Health.NEW: "info", Health.TROUBLED: "warn"}
_PROOF_TONES = {ProofState.PROVED: "good", ProofState.WAITING: "warn"}


@dataclass(frozen=True)
class Channel:
    """A channel as the desk lists it."""

    source: Source
    kind: Promise
    health: Promise
    tone: str
    works: int


@dataclass(frozen=True)
class Shown:
    """A proof as the desk lists it."""

    proof: Proof
    method: Promise
    tone: str


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show one of the person's creators: works by page, channels, proofs; invite who has none."""
    account = guards.signed_in(request)
    creators = list(showcase.owned_by(account))
    creator = _chosen(creators, request.GET.get("creator", ""))
    before = request.GET.get("before", "")
    works = showcase.desk([creator.pk], before=position(before), limit=_PAGE + 1) if creator else []
    values = {
        "creators": creators,
        "creator": creator,
        "works": standings(works[:_PAGE]),
        "next": _address(creator, works[_PAGE - 1].publication.pk) if creator and works[_PAGE:] else "",
        "first": _address(creator, None) if creator and before else "",
        "channels": [_channel(row) for row in ingest.sources_of(creator.subject)] if creator else [],
        "proofs": [_proof(row) for row in ingest.proofs_of(account.pk)[:_MOST_PROOFS]],
    }
    return render(request, "web/desk/desk.html", values)


def _chosen(creators: list[Creator], slug: str) -> Creator | None:
    named = (creator for creator in creators if creator.slug == slug)
    return next(named, creators[0] if creators else None)


def _address(creator: Creator, before: int | None) -> str:
    where = f"{reverse('web:desk')}?creator={creator.slug}"
    return f"{where}&before={before}" if before else where


def _channel(source: Source) -> Channel:
    living = source.state == SourceState.LIVING
    return Channel(
        source,
        KINDS[SourceKind(source.kind)],
        ingest.health_in_words(source),
        _TONES.get(Health(source.health), "bad") if living else "bad",
        source.living_entries,  # type: ignore[attr-defined]  # annotated by sources_of
    )


def _proof(proof: Proof) -> Shown:
    return Shown(proof, METHODS[ProofMethod(proof.method)], _PROOF_TONES.get(ProofState(proof.state), "bad"))
