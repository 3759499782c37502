"""Tables of this room: discoveries, sources, their entries, proofs, subscriptions, archives, catalogue imports."""

from altavoz.ingest.models.archives import Archive
from altavoz.ingest.models.discoveries import Discovery
from altavoz.ingest.models.entries import Entry
from altavoz.ingest.models.imports import Import
from altavoz.ingest.models.proofs import Proof
from altavoz.ingest.models.sources import Source
from altavoz.ingest.models.subscriptions import Push, Subscription

__all__ = ["Archive", "Discovery", "Entry", "Import", "Proof", "Push", "Source", "Subscription"]
