"""What this room keeps about a person: the searches they saved."""

from datetime import datetime
from typing import Any

from altavoz.people import records
from altavoz.search.models import SavedSearch


def _export(account_id: int) -> list[dict[str, Any]]:
    rows = SavedSearch.objects.filter(account=account_id).order_by("pk")
    return [{"name": row.name, "query": row.query, "created_at": row.created_at.isoformat()} for row in rows]


def _erase(account_id: int, at: datetime) -> None:  # noqa: ARG001 -- nothing is kept that would say when
    SavedSearch.objects.filter(account=account_id).delete()


records.register("search.saved", export=_export, erase=_erase)
