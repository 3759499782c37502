"""What this room keeps about a person: which sources they showed to be theirs, and which imports they ran."""

from datetime import datetime
from typing import Any

from altavoz.ingest import actions
from altavoz.ingest.models import Import, Proof
from altavoz.ingest.states import ProofState
from altavoz.people import records


def _export(account_id: int) -> list[dict[str, Any]]:
    proofs = Proof.objects.filter(account=account_id).select_related("source").order_by("pk")
    return [
        {
            "source": proof.source.address,
            "method": proof.method,
            "state": proof.state,
            "asked_at": proof.asked_at.isoformat(),
            "proved_at": proof.proved_at.isoformat() if proof.proved_at else None,
        }
        for proof in proofs
    ]


def _erase(account_id: int, at: datetime) -> None:
    proofs = Proof.objects.filter(account=account_id)
    for proof in proofs.exclude(state=ProofState.WITHDRAWN.value).order_by("pk"):
        actions.withdraw_proof(proof=proof, at=at)
    proofs.delete()
    Import.objects.filter(by=account_id).update(by=None)


records.register("ingest.proofs", export=_export, erase=_erase)
