"""From a document to the row that the index stores, without touching the database."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from typing import TypedDict

from altavoz.core import languages, text
from altavoz.search import buckets, facets, glossary, terms
from altavoz.search.documents import Document
from altavoz.search.romanisation import consonants, romanise

#: Raise it when analysis changes: rows are then written anew by the next put.
VERSION = 3

_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
_GAP = 10  # between fields and names, so that no phrase spans two
_LAST_POSITION = 16_000  # PostgreSQL counts to 16,383
_MOST_PLACES = 50


class Row(TypedDict):
    """A row of the index in the types of JSON."""

    subject: str
    language: str
    kind: str
    published_at: str
    facets: list[str]
    terms: str
    near: list[int]  # not used any more: words of titles stand in a table of their own
    digest: str


def row(document: Document) -> Row:
    """Return the row of `document`; equal documents have equal digests."""
    held = facets.of_document(document)
    published_at = document.published_at or _UNDATED
    unseen = buckets.of_document(document.subject, published_at)
    return Row(
        subject=document.subject,
        language=languages.base(document.language),
        kind=facets.code("k", document.kind)[2:],
        published_at=published_at.isoformat(),
        facets=list(held),
        terms=terms.vector(_positions(document), (*held, *unseen)),
        near=[],
        digest=digest(document),
    )


def digest(document: Document) -> str:
    """Return what changes when the row of `document` would."""
    content = repr((VERSION, document)).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=16).hexdigest()


def _positions(document: Document) -> dict[str, list[str]]:
    """Return the places of each term: title (A), names and topics (B), summary (C)."""
    places: dict[str, list[str]] = defaultdict(list)
    start = 0
    for weight, tokens in _fields(document):
        last = start
        for token in tokens:
            last = start + token.position
            if last < _LAST_POSITION and len(places[token.term]) < _MOST_PLACES:
                places[token.term].append(f"{last}{weight}")
        start = last + _GAP
    return {term: found for term, found in places.items() if found}


def _fields(document: Document) -> Iterator[tuple[str, Iterable[text.Token]]]:
    yield "A", _text(document.title, document.metadata_language)
    for name in document.creator_names:
        yield "B", _name(name)
    for topic in document.topics:
        yield "B", text.analyse(topic.replace("-", " "), "en")
    yield "C", _text(document.summary, document.metadata_language)


def _text(words: str, language: str) -> Iterator[text.Token]:
    """Yield the words of a text, and what tools are called in Latin letters where another script names them."""
    for token in text.analyse(words, language):
        yield token
        latin = "" if token.term.isascii() else glossary.latin(token.term)
        if latin:
            yield token._replace(term=latin, kind=text.Kind.STEM)


def _name(name: str) -> Iterator[text.Token]:
    """Yield the words of a name as written, without any mark, in Latin letters, and the consonants of Arabic ones."""
    last = 0
    for word in name.split():
        latin = text.analyse(romanise(word), "und")
        tokens = dict.fromkeys([*text.analyse(word, "es"), *text.analyse(word, "und"), *latin])
        yield from (token._replace(position=last + token.position) for token in tokens)
        if not word.isascii() and (bones := consonants(word)):
            yield text.Token(bones, last + 1, text.Kind.STEM)
        last += max((token.position for token in tokens), default=0)
