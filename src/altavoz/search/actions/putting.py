"""Putting documents into the index and removing them; all statements are whole-batch.

Every statement locks rows in one order: shorter subjects first, then by their letters, which for works of one kind is
the order of their numbers. So calls never wait for each other crosswise, nor do transactions that make several
calls, as long as these follow the same order.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from django.db import transaction

from altavoz.search import indexing, vocabulary
from altavoz.search.actions import learning
from altavoz.search.actions.counting import count
from altavoz.search.actions.statements import as_json, rows, run
from altavoz.search.documents import Document
from altavoz.search.indexing import Row

_BATCH = 1000

_COLUMNS = "subject, language, kind, published_at, facets, terms, near, digest"
_RECORDS = """jsonb_to_recordset(%s) AS given(subject text, language text, kind text, published_at timestamptz,
    facets text[], terms tsvector, near int[], digest text)"""
_INSERT = f"""INSERT INTO search_indexed ({_COLUMNS}) SELECT {_COLUMNS} FROM {_RECORDS}
    ON CONFLICT (subject) DO NOTHING RETURNING subject"""  # noqa: S608 -- constants
_WHOSE = """search_indexed WHERE subject = ANY(%s)
    ORDER BY length(subject), subject COLLATE "C" FOR UPDATE"""
_TITLE = "tsvector_to_array(ts_filter(terms, '{a}'))"
_LOCK = f"SELECT subject, digest, facets, {_TITLE} FROM {_WHOSE}"  # noqa: S608 -- constants
_UPDATE = f"""UPDATE search_indexed SET language = given.language, kind = given.kind, facets = given.facets,
    published_at = given.published_at, terms = given.terms, near = given.near, digest = given.digest
    FROM {_RECORDS} WHERE search_indexed.subject = given.subject"""  # noqa: S608 -- constants
_DELETE = f"""WITH locked AS (SELECT id FROM {_WHOSE})
    DELETE FROM search_indexed WHERE id IN (SELECT id FROM locked) RETURNING facets, {_TITLE}"""  # noqa: S608 -- constants


class _Stored(NamedTuple):
    """What stands in the index for a subject."""

    digest: str
    facets: list[str]
    title: list[str]


def put(*documents: Document) -> None:
    """Make each of `documents` be found as given, in place of what stood for its subject. Idempotent."""
    put_many(documents)


def put_many(documents: Iterable[Document]) -> int:
    """Put any number of documents, a thousand in one transaction; return how many rows were written.

    Documents that stand in the index unchanged are not written. Of several for one subject the last counts.
    """
    remaining = iter(documents)
    written = 0
    while batch := {document.subject: document for document in islice(remaining, _BATCH)}:
        written += _put_batch([batch[subject] for subject in sorted(batch, key=_order)])
    return written


@transaction.atomic
def remove(*subjects: str) -> None:
    """Make `subjects` be found no more: no word of theirs stays in the index. Idempotent."""
    gone = rows(_DELETE, [sorted(set(subjects), key=_order)])
    difference: Counter[tuple[str, ...]] = Counter()
    difference.subtract(tuple(held) for held, _title in gone)
    count(difference)
    learning.forget([term for _held, title in gone for term in title])


@transaction.atomic
def _put_batch(documents: Sequence[Document]) -> int:
    """Lock what stands there, insert what is missing, rewrite what changed, count the difference.

    Two that insert the same subject at once: the second waits, inserts nothing, and then finds the row of
    the first to rewrite; so each counts only what it changed itself.
    """
    stored = _locked([document.subject for document in documents])
    changed = {
        document.subject: document
        for document in documents
        if document.subject not in stored or stored[document.subject].digest != indexing.digest(document)
    }
    given = {subject: indexing.row(document) for subject, document in changed.items()}
    fresh = _insert([row for subject, row in given.items() if subject not in stored])
    stored |= _locked([subject for subject in given if subject not in stored and subject not in fresh])
    replaced = [subject for subject in given if subject not in fresh]
    _update([given[subject] for subject in replaced])
    difference = Counter(tuple(row["facets"]) for row in given.values())
    difference.subtract(tuple(stored[subject].facets) for subject in replaced)
    count(difference)
    learning.learn(word for document in changed.values() for word in vocabulary.spellings(document))
    learning.forget([term for subject in replaced for term in stored[subject].title])
    return len(given)


def _order(subject: str) -> tuple[int, str]:
    return len(subject), subject


def _locked(subjects: list[str]) -> dict[str, _Stored]:
    """Return what stands for `subjects`, locked."""
    found = rows(_LOCK, [subjects]) if subjects else []
    return {subject: _Stored(*stored) for subject, *stored in found}


def _insert(given: list[Row]) -> set[str]:
    return {subject for (subject,) in rows(_INSERT, [as_json(given)])} if given else set()


def _update(given: list[Row]) -> None:
    if given:
        run(_UPDATE, [as_json(given)])
