"""Going out: the only modules of this room that touch the network, between two actions."""

from altavoz.ingest.visiting.archives import read_archive
from altavoz.ingest.visiting.discovering import discover, look
from altavoz.ingest.visiting.hubs import subscribe
from altavoz.ingest.visiting.polls import poll_due, poll_source
from altavoz.ingest.visiting.proofs import DnsResolver, Resolver, check_proof
from altavoz.ingest.visiting.rounds import Polled

__all__ = [
    "DnsResolver",
    "Polled",
    "Resolver",
    "check_proof",
    "discover",
    "look",
    "poll_due",
    "poll_source",
    "read_archive",
    "subscribe",
]
