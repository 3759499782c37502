"""The searches we are compared with, on the same documents: SQLite FTS5 and PostgreSQL's own."""

import re
import sqlite3
from collections.abc import Callable, Sequence

from django.db import connection

from altavoz.search.documents import Document

#: Returns the best ten subjects for a question.
Search = Callable[[str], list[str]]

_COLUMNS = ("title", "names", "topics", "summary")
#: Title, names, topics, summary: all alike, and the title above all.
_WEIGHTS = ((1, 1, 1, 1), (4, 2, 2, 1))
_CONFIGURATIONS = {
    "es": "spanish",
    "pt": "portuguese",
    "fr": "french",
    "en": "english",
    "ar": "arabic",
    "ru": "russian",
}
_BEST = 10
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')


def fts5(works: Sequence[Document]) -> list[Search]:
    """Return every way to ask SQLite: by words or by trigrams, all columns alike or the title first."""
    return [
        _fts5(works, tokenizer, weights)
        for tokenizer in ("unicode61 remove_diacritics 2", "trigram")
        for weights in _WEIGHTS
    ]


def _fts5(works: Sequence[Document], tokenizer: str, weights: tuple[int, ...]) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute(
        f"CREATE VIRTUAL TABLE works USING fts5(subject UNINDEXED, {', '.join(_COLUMNS)}, tokenize='{tokenizer}')"
    )
    base.executemany(
        "INSERT INTO works VALUES (?, ?, ?, ?, ?)", ((work.subject, *_texts(work)) for work in works)
    )
    sql = (
        "SELECT subject FROM works WHERE works MATCH ?"  # noqa: S608 -- figures of ours
        f" ORDER BY bm25(works, 0, {', '.join(map(str, weights))}), rowid LIMIT {_BEST}"
    )
    return lambda asked: [subject for (subject,) in base.execute(sql, [_all_words(asked)])]


def _all_words(asked: str) -> str:
    """Return the words and phrases of a question as FTS5 asks for all of them."""
    parts = (phrase or word for phrase, word in _PHRASE_OR_WORD.findall(asked))
    return " ".join('"{}"'.format(part.replace('"', '""')) for part in parts)


def postgresql(language: str, works: Sequence[Document]) -> list[Search]:
    """Return both ways to ask PostgreSQL's own search, with the configuration of the language."""
    configuration = _CONFIGURATIONS.get(language, "simple")
    vector = " || ".join(
        f"setweight(to_tsvector('{configuration}', {column}), '{weight}')"
        for column, weight in zip(_COLUMNS, "ABBC", strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS peer_{language}")
        cursor.execute(
            f"CREATE TABLE peer_{language} (id serial, subject text, title text, names text, topics text, summary text)"
        )
        cursor.executemany(
            f"INSERT INTO peer_{language} (subject, title, names, topics, summary) VALUES (%s, %s, %s, %s, %s)",  # noqa: S608
            [(work.subject, *_texts(work)) for work in works],
        )
        cursor.execute(f"ALTER TABLE peer_{language} ADD COLUMN terms tsvector")
        cursor.execute(f"UPDATE peer_{language} SET terms = {vector}")  # noqa: S608 -- names of ours
    return [_postgresql(language, configuration, rank) for rank in ("ts_rank", "ts_rank_cd")]


def _postgresql(language: str, configuration: str, rank: str) -> Search:
    sql = (
        f"SELECT subject FROM peer_{language}, websearch_to_tsquery('{configuration}', %s) AS asked"  # noqa: S608
        f" WHERE terms @@ asked ORDER BY {rank}(terms, asked) DESC, id LIMIT {_BEST}"
    )

    def search(asked: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [asked])
            return [subject for (subject,) in cursor.fetchall()]

    return search


def _texts(work: Document) -> tuple[str, str, str, str]:
    return work.title, " ".join(work.creator_names), " ".join(work.topics), work.summary
