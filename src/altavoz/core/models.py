"""The rows of `core`: facts, their deliveries, and the audit ledger."""

from altavoz.core.event_models import Delivery, Event
from altavoz.core.ledger.models import Entry, PrivatePart, Pseudonym

__all__ = ["Delivery", "Entry", "Event", "PrivatePart", "Pseudonym"]
