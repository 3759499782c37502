"""Writing to the audit ledger, reading it back, and forgetting a person in it."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from altavoz.core.ledger import chain
from altavoz.core.ledger.models import Entry, PrivatePart, Pseudonym

#: The advisory lock that puts concurrent writers in a row ("ledger" in ASCII).
_LOCK = 0x6C6564676572


def append(
    type: str,  # noqa: A002  the ledger's own term
    *,
    subject: str,
    by: int | None,
    public: dict[str, Any],
    private: dict[str, Any] | None = None,
    at: datetime,
) -> Entry:
    """Add an entry at the end of the chain, in the caller's transaction.

    Afterwards the entry is the head; `private` is stored apart, and only its commitment is in the chain. Writers
    wait for one another until they commit, so call this last. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Write to the ledger inside the transaction of the change.")
    actor = pseudonym(by) if by is not None else ""
    key = secrets.token_bytes(32)
    commitment = chain.commit(key, private) if private is not None else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Entry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, chain.GENESIS)
    link = chain.Link(last[0] + 1, at, type, subject, actor, public, commitment, last[1])
    entry = Entry.objects.create(**(vars(link) | {"hash": chain.digest(link)}))
    if private is not None:
        PrivatePart.objects.create(entry=entry, account_id=by, key=key, body=private)
    return entry


def pseudonym(account_id: int) -> str:
    """Return the name an account acts under in the chain, given on first use: random, so that nothing leads back."""
    row, _ = Pseudonym.objects.get_or_create(account_id=account_id, defaults={"name": secrets.token_hex(16)})
    return row.name


def verify() -> chain.Verified:
    """Check every hash from the first entry to the last, and every private part against its commitment."""
    with transaction.atomic():
        found = chain.verify(_links())
        return found if found.first_bad else _verify_private(found)


def _links() -> Iterator[chain.Link]:
    names = ("seq", "at", "type", "subject", "actor", "public", "commitment", "prev", "hash")
    for row in Entry.objects.order_by("seq").values_list(*names).iterator(chunk_size=5_000):
        yield chain.Link(*row)


def _verify_private(found: chain.Verified) -> chain.Verified:
    parts = PrivatePart.objects.order_by("entry_id").select_related("entry")
    for part in parts.iterator(chunk_size=5_000):
        if chain.commit(bytes(part.key), part.body) != part.entry.commitment:
            reason = "its private part was altered"
            return chain.Verified(found.count, found.head, first_bad=part.entry_id, reason=reason)
    return found


def forget_account(account_id: int) -> None:
    """Delete what leads from the chain to an account: its pseudonym and its private parts. The chain stays valid."""
    with transaction.atomic():
        PrivatePart.objects.filter(account_id=account_id).delete()
        Pseudonym.objects.filter(account_id=account_id).delete()
