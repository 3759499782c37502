"""Jobs of the pages."""

from datetime import UTC, datetime

from altavoz.core import jobs
from altavoz.web.og import keeping


@jobs.periodic(cron="17 3 * * *", name="web.sweep_cards")
def sweep_cards(timestamp: int) -> None:
    """Delete card pictures that no page points to."""
    keeping.sweep(at=datetime.fromtimestamp(timestamp, UTC))
