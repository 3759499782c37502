"""Proving that a channel is one's own: what to paste where, and a button that looks at once."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from altavoz.core import subjects
from altavoz.ingest import actions as ingest
from altavoz.ingest import queries, visiting, words
from altavoz.ingest.actions.proofs import token_of
from altavoz.ingest.models import Proof, Source
from altavoz.ingest.proving import DNS_PREFIX
from altavoz.ingest.states import ProofMethod, ProofState, SourceKind, SourceState
from altavoz.people import guards
from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Ownership
from altavoz.web import limits
from altavoz.web.pages import doors

_WINDOW = timedelta(minutes=10)
_CHECKS = 20
_EVERYWHERE = (ProofMethod.TOKEN, ProofMethod.REL_ME, ProofMethod.DNS_TXT)
#: What makes sense where; nobody can write into the domain or the page head of a platform.
METHODS: dict[str, tuple[ProofMethod, ...]] = {
    SourceKind.YOUTUBE_CHANNEL: (ProofMethod.TOKEN,),
    SourceKind.YOUTUBE_PLAYLIST: (ProofMethod.TOKEN,),
    SourceKind.PEERTUBE: (ProofMethod.TOKEN, ProofMethod.REL_ME),
    SourceKind.PODCAST: (ProofMethod.PODCAST_TXT, *_EVERYWHERE),
    SourceKind.FEED: _EVERYWHERE,
    SourceKind.PAGE: _EVERYWHERE,
}


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to prove it: what to do, what to paste, and what the last look found."""

    method: str
    label: Promise
    instructions: str
    paste: str
    state: str
    finding: Promise | str
    proof: Proof | None


@login_required
@require_safe
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every way to prove that a channel is the person's own, and how far they are."""
    account = guards.signed_in(request)
    source, creator = _claimable(pk)
    ways = _ways(source, creator, account)
    values = {
        "source": source,
        "creator": creator,
        "kind": words.KINDS[SourceKind(source.kind)],
        "ways": ways,
        "proved": any(way.state == ProofState.PROVED for way in ways),
        "owns": Ownership.objects.filter(account=account, creator=creator, ended_at=None).exists(),
    }
    return render(request, "web/add/prove.html", values)


@login_required
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for the proof now, and show what was found."""
    account = guards.signed_in(request)
    source, creator = _claimable(pk)
    method = request.POST.get("method", "")
    if method not in METHODS[source.kind]:
        raise Http404
    if not limits.allowed(request, "check", most=_CHECKS, within=_WINDOW):
        return doors.too_often(request)
    at = timezone.now()
    proof = ingest.start_proof(
        source=source, account=account, method=ProofMethod(method), at=at, back_link=_back_link(creator)
    )
    visiting.check_proof(proof, at=at, resolver=visiting.DnsResolver())
    return HttpResponseRedirect(f"{reverse('web:prove', args=[pk])}#{method}")


def _claimable(pk: int) -> tuple[Source, Creator]:
    """Return a living channel and its creator; 404 for a catalogue and for what was removed."""
    source = get_object_or_404(Source.objects.exclude(state=SourceState.REMOVED.value), pk=pk)
    if source.kind not in METHODS or not source.owner:
        raise Http404
    return source, get_object_or_404(Creator, pk=subjects.key_of(source.owner))


def _back_link(creator: Creator) -> str:
    return f"{settings.PUBLIC_URL}/{get_language()}/{creator.page}"


def _ways(source: Source, creator: Creator, account: Account) -> list[Way]:
    begun = {proof.method: proof for proof in queries.proofs_of(account.pk) if proof.source_id == source.pk}
    code, back_link = token_of(source, account), _back_link(creator)
    host = urlsplit(source.address).hostname or ""
    return [
        Way(
            method=method.value,
            label=words.METHODS[method],
            instructions=words.instructions(method, token=code, back_link=back_link, host=host),
            paste=_paste(method, code, back_link),
            state=proof.state if (proof := begun.get(method)) else "",
            finding=words.PROOF_FINDINGS.get(proof.finding, "") if proof else "",
            proof=proof,
        )
        for method in METHODS[source.kind]
    ]


def _paste(method: ProofMethod, code: str, back_link: str) -> str:
    """Return exactly what is pasted."""
    return {
        ProofMethod.REL_ME: f'<a rel="me" href="{back_link}">Altavoz</a>',
        ProofMethod.TOKEN: code,
        ProofMethod.DNS_TXT: DNS_PREFIX + code,
        ProofMethod.PODCAST_TXT: f'<podcast:txt purpose="verify">{code}</podcast:txt>',
    }[method]
