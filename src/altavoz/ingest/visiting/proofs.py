"""Looks for a proof of ownership where its owner should have put it."""

from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus
from typing import Protocol

import dns.exception
import dns.resolver

from altavoz.core.fetch import Request, Response, fetch
from altavoz.ingest import actions, parsing, proving
from altavoz.ingest.models import Proof, Source
from altavoz.ingest.parsing.values import Feed, Page
from altavoz.ingest.proving import Verdict
from altavoz.ingest.states import ProofMethod, SourceKind


class Resolver(Protocol):
    """Asks the domain name system for texts."""

    def texts(self, name: str) -> Collection[str] | None:
        """Return the TXT records of a name, or None when there is no such name."""
        ...


class DnsResolver:
    """The resolver of this machine, or of a name server that is given."""

    def __init__(self, *, nameservers: Collection[str] = (), port: int = 53, timeout_s: float = 5) -> None:
        self._resolver = dns.resolver.Resolver(configure=not nameservers)
        if nameservers:
            self._resolver.nameservers = list(nameservers)
            self._resolver.port = port
        self._resolver.lifetime = timeout_s

    def texts(self, name: str) -> Collection[str] | None:
        """Return the TXT records of a name, or None when there is no such name; no answer counts as no record."""
        try:
            answer = self._resolver.resolve(name, "TXT", search=False)
        except dns.resolver.NXDOMAIN:
            return None
        except dns.exception.DNSException:
            return ()
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def check_proof(proof: Proof, *, at: datetime, resolver: Resolver) -> Proof:
    """Look for the proof now and store what was found."""
    return actions.record_check(proof=proof, verdict=_look(proof, resolver), at=at)


def _look(proof: Proof, resolver: Resolver) -> Verdict:
    source = proof.source
    method = ProofMethod(proof.method)
    if method is ProofMethod.REL_ME:
        return proving.rel_me(_page(source.address), proof.back_link)
    if method is ProofMethod.TOKEN:
        return proving.token(_feed(source), _page(source.address), proof.token)
    if method is ProofMethod.PODCAST_TXT:
        return proving.podcast_txt(_feed(source), proof.token)
    return _records(source, proof.token, resolver)


def _records(source: Source, token: str, resolver: Resolver) -> Verdict:
    answers = [resolver.texts(name) for name in proving.dns_names(source.address)]
    told = [records for records in answers if records is not None]
    return proving.dns_txt([text for records in told for text in records] if told else None, token)


def _page(address: str) -> Page | None:
    answer = _get(address)
    return (
        parsing.page_of(answer.body, answer.headers.get("content-type", ""), answer.url) if answer else None
    )


def _feed(source: Source) -> Feed | None:
    answer = _get(source.feed_url) if source.kind != SourceKind.PAGE else None
    if answer is None:
        return None
    found = parsing.read_feed(
        answer.body, content_type=answer.headers.get("content-type", ""), url=answer.url
    )
    return found if isinstance(found, Feed) else None


def _get(url: str) -> Response | None:
    answer = fetch(Request(url))
    return answer if isinstance(answer, Response) and answer.status == HTTPStatus.OK else None
