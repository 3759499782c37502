"""Proofs of ownership: asked for, found, looked for again, lost."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from altavoz.core import events
from altavoz.core.ledger import actions as ledger
from altavoz.ingest.events import SourceProofLost, SourceProved
from altavoz.ingest.models import Proof, Source
from altavoz.ingest.proving import Verdict
from altavoz.ingest.states import PROOF_STEPS, ProofMethod, ProofState, check_step
from altavoz.people.models import Account

RECHECK = timedelta(days=7)
RETRY = timedelta(hours=1)
#: A proof that nobody put up is looked for during a week.
GIVE_UP = timedelta(days=7)
LOST_AFTER = 3


@transaction.atomic
def start_proof(
    *, source: Source, account: Account, method: ProofMethod, at: datetime, back_link: str = ""
) -> Proof:
    """Return the account's proof of this kind for the source, begun if there is none; it is checked at once.

    The token is the same whenever the same account asks for the same source, so that nobody has to paste it twice.
    """
    proof, new = Proof.objects.exclude(state=ProofState.WITHDRAWN.value).get_or_create(
        source=source,
        account=account,
        method=method.value,
        defaults={
            "token": token_of(source, account),
            "back_link": back_link,
            "asked_at": at,
            "next_check_at": at,
        },
    )
    if not new and (proof.state == ProofState.WAITING or proof.back_link != back_link):
        proof.asked_at, proof.next_check_at, proof.back_link = at, at, back_link or proof.back_link
        proof.save(update_fields=["asked_at", "next_check_at", "back_link"])
    return proof


def token_of(source: Source, account: Account) -> str:
    """Return the code that only this account can know to belong to this source."""
    return "altavoz-" + salted_hmac("altavoz.ingest.proof", f"{source.pk}:{account.pk}").hexdigest()[:32]


def due_proofs(*, at: datetime, limit: int = 100) -> list[int]:
    """Return the ids of proofs to look at now."""
    due = Proof.objects.filter(next_check_at__lte=at).exclude(state=ProofState.WITHDRAWN.value)
    return list(due.order_by("next_check_at").values_list("pk", flat=True)[:limit])


@transaction.atomic
def record_check(*, proof: Proof, verdict: Verdict, at: datetime) -> Proof:
    """Store what looking for a proof found; the third failure in a row loses a proof that was there.

    A page that cannot be reached counts as a failure too, since nobody knows what stands there. A withdrawn proof
    stays as it is.
    """
    locked = Proof.objects.select_for_update(of=("self",)).select_related("source").get(pk=proof.pk)
    if locked.state == ProofState.WITHDRAWN:
        return locked
    locked.checked_at, locked.finding = at, verdict.finding
    locked.failures = 0 if verdict.found else locked.failures + 1
    old = ProofState(locked.state)
    if verdict.found and old is not ProofState.PROVED:
        _prove(locked, at=at)
    elif not verdict.found and old is ProofState.PROVED and locked.failures >= LOST_AFTER:
        _lose(locked, ProofState.LOST, at=at)
    locked.next_check_at = _next(locked, at)
    locked.save(update_fields=["state", "checked_at", "finding", "failures", "proved_at", "next_check_at"])
    return locked


@transaction.atomic
def withdraw_proof(*, proof: Proof, at: datetime) -> None:
    """Take a proof back: afterwards the account speaks for the source only by another one."""
    locked = Proof.objects.select_for_update(of=("self",)).select_related("source").get(pk=proof.pk)
    old = ProofState(locked.state)
    if old is ProofState.PROVED:
        _lose(locked, ProofState.WITHDRAWN, at=at)
    else:
        check_step(PROOF_STEPS, old, ProofState.WITHDRAWN)
        locked.state = ProofState.WITHDRAWN.value
    locked.next_check_at = None
    locked.save(update_fields=["state", "next_check_at"])


def _next(proof: Proof, at: datetime) -> datetime | None:
    if proof.state == ProofState.PROVED and not proof.failures:
        return at + RECHECK
    if proof.state == ProofState.PROVED:
        return at + timedelta(days=1)
    if proof.state == ProofState.LOST or at - proof.asked_at > GIVE_UP:
        return None
    return at + RETRY


def _prove(proof: Proof, *, at: datetime) -> None:
    check_step(PROOF_STEPS, ProofState(proof.state), ProofState.PROVED)
    proof.state, proof.proved_at = ProofState.PROVED.value, at
    source = proof.source
    fact = SourceProved(
        subject=source.subject,
        source_id=source.pk,
        owner=source.owner,
        account_id=proof.account_id,
        method=proof.method,
    )
    events.record(fact, at=at)
    public = {"method": proof.method, "owner": source.owner}
    ledger.append("ingest.source_proved", subject=source.subject, by=proof.account_id, public=public, at=at)


def _lose(proof: Proof, state: ProofState, *, at: datetime) -> None:
    check_step(PROOF_STEPS, ProofState(proof.state), state)
    proof.state = state.value
    source = proof.source
    others = Proof.objects.filter(
        source__owner=source.owner, account=proof.account_id, state=ProofState.PROVED.value
    ).exclude(pk=proof.pk)
    fact = SourceProofLost(
        subject=source.subject,
        source_id=source.pk,
        owner=source.owner,
        account_id=proof.account_id,
        method=proof.method,
        others=others.exists(),
    )
    events.record(fact, at=at)
    public = {"method": proof.method, "owner": source.owner, "state": state.value}
    ledger.append(
        "ingest.source_proof_lost", subject=source.subject, by=proof.account_id, public=public, at=at
    )
