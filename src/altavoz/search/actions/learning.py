"""Keeping the words of titles, which are offered where a question has a slip."""

from collections.abc import Collection, Iterable

from altavoz.search.actions.statements import as_json, rows, run
from altavoz.search.vocabulary import Spelling, misspellings

_NEW = """SELECT DISTINCT ON (language, term) language, term, shown FROM
        jsonb_to_recordset(%s) AS given(language text, term text, shown text)
    WHERE NOT EXISTS (SELECT FROM search_word
        WHERE search_word.term = given.term AND search_word.language = given.language)
    ORDER BY language, term, shown"""
_INSERT = """INSERT INTO search_word (language, term, shown, near) SELECT language, term, shown, near FROM
    jsonb_to_recordset(%s) AS given(language text, term text, shown text, near int[])"""
# Words of letters only need no escaping inside their quotes. Who waits for no row can be in nobody's way.
_FORGET = """DELETE FROM search_word WHERE id IN (
    SELECT id FROM search_word WHERE term = ANY(%s) AND NOT EXISTS (
        SELECT FROM search_indexed WHERE terms @@ ('''' || term || ''':A')::tsquery)
    ORDER BY id FOR UPDATE SKIP LOCKED)"""


def learn(spellings: Iterable[Spelling]) -> None:
    """Know these words from now on; those that are known already are not written."""
    given = [spelling._asdict() for spelling in sorted(set(spellings))]
    if not given:
        return
    fresh = [Spelling(*row) for row in rows(_NEW, [as_json(given)])]
    if fresh:
        new = [{**spelling._asdict(), "near": sorted(misspellings(spelling.term))} for spelling in fresh]
        run(_INSERT, [as_json(new)])


def forget(terms: Collection[str]) -> None:
    """Forget those of the words that no title has any more."""
    if terms:
        run(_FORGET, [sorted(set(terms))])
