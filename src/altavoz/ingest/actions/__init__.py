"""Every change this room makes; each returns with all its rows, facts and ledger entries written, or none."""

from altavoz.ingest.actions.archives import due_archives, import_back_catalogue, record_portion
from altavoz.ingest.actions.discoveries import (
    ask_discovery,
    claim_discovery,
    forget_discoveries,
    revive_discovery,
    settle_discovery,
    tell_step,
)
from altavoz.ingest.actions.entries import Arrival, Stored, store_entries
from altavoz.ingest.actions.polling import LEASE, Claimed, claim_due, claimed, settle
from altavoz.ingest.actions.proofs import due_proofs, record_check, start_proof, withdraw_proof
from altavoz.ingest.actions.sources import (
    KnownSourceError,
    add_catalogue,
    add_source,
    poll_soon,
    remove_source,
    set_language,
)
from altavoz.ingest.actions.subscriptions import (
    MAX_BODY,
    confirm_subscription,
    due_subscriptions,
    read_push,
    receive_push,
    refuse_subscription,
    renew,
)

__all__ = [
    "LEASE",
    "MAX_BODY",
    "Arrival",
    "Claimed",
    "KnownSourceError",
    "Stored",
    "add_catalogue",
    "add_source",
    "ask_discovery",
    "claim_discovery",
    "claim_due",
    "claimed",
    "confirm_subscription",
    "due_archives",
    "due_proofs",
    "due_subscriptions",
    "forget_discoveries",
    "import_back_catalogue",
    "poll_soon",
    "read_push",
    "receive_push",
    "record_check",
    "record_portion",
    "refuse_subscription",
    "remove_source",
    "renew",
    "revive_discovery",
    "set_language",
    "settle",
    "settle_discovery",
    "start_proof",
    "store_entries",
    "tell_step",
    "withdraw_proof",
]
