"""Why a page may say that it is really theirs: what was proved, when and how, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.ingest import words
from altavoz.ingest.models import Proof, Source
from altavoz.ingest.states import ProofMethod, SourceKind
from altavoz.web import formatting

_WHAT: Mapping[ProofMethod, Promise] = {
    ProofMethod.REL_ME: _(
        "Since %(day)s, %(host)s links back to this page. Only whoever runs that site can put the link there."
    ),
    ProofMethod.TOKEN: _(
        "On %(day)s we found the code at %(host)s that we had given to this creator. Only whoever runs it can do that."
    ),
    ProofMethod.DNS_TXT: _(
        "Since %(day)s, the domain %(host)s carries a code that we gave to this creator. Only its owner can do that."
    ),
    ProofMethod.PODCAST_TXT: _(
        "Since %(day)s, the podcast's feed at %(host)s carries a code that we gave to this creator."
    ),
}


@dataclass(frozen=True)
class Place:
    """Where a creator publishes: its address and name, what it is, and what was proved of it."""

    address: str
    name: str
    kind: str
    proofs: tuple[str, ...]


def places(sources: Sequence[Source]) -> list[Place]:
    """Return where a creator publishes, with each proof in the reader's language."""
    return [
        Place(
            address=row.address,
            name=row.title or _host(row.address),
            kind=str(words.KINDS[SourceKind(row.kind)]),
            proofs=tuple(_said(row, proof) for proof in row.shown_proofs),  # type: ignore[attr-defined]  # prefetched
        )
        for row in sources
    ]


def _said(source: Source, proof: Proof) -> str:
    day = formatting.day(proof.proved_at) if proof.proved_at else ""
    return str(_WHAT[ProofMethod(proof.method)]) % {"day": day, "host": _host(source.address)}


def _host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")
