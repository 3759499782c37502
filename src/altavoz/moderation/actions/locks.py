"""What actions hold so that others wait: a subject, a desk, a case; in this order, so that none wait in a ring."""

from uuid import UUID

from django.db import connection

from altavoz.moderation.models import Case, Lease
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Code
from altavoz.people.models import Account


def hold(what: str) -> None:
    """Wait until nobody else holds the thing of that name, then hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"moderation:{what}"])


def hold_case(case_id: int) -> Case:
    """Return the case, its row locked."""
    return Case.objects.select_for_update(of=("self",)).select_related("policy").get(pk=case_id)


def hold_lease(token: UUID | str, by: Account) -> Lease:
    """Return the person's own lease as it is under the lock of its case; every change of a lease holds that lock.

    Raises Refused(lease_unknown), also for somebody else's token: it tells nothing.
    """
    lease = Lease.objects.filter(token=_uuid(token), moderator=by).first()
    if lease is None:
        raise Refused(Code.LEASE_UNKNOWN)
    case = hold_case(lease.case_id)
    lease.refresh_from_db()
    lease.case, lease.moderator = case, by
    return lease


def _uuid(token: UUID | str) -> UUID:
    try:
        return UUID(str(token))
    except ValueError:
        raise Refused(Code.LEASE_UNKNOWN) from None
