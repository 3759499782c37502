"""Filling the index from nothing: for a first import, a new version of the analysis, and measurements."""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex
from django.db import connection

from altavoz.search import actions
from altavoz.search.documents import Document
from altavoz.search.models import Indexed


def rebuild(documents: Iterable[Document]) -> int:
    """Make exactly `documents` be found; return how many there are. Others must not put or remove meanwhile.

    1. Empty the index and drop the indexes of words, which are built much faster at once than row by row.
    2. Put the documents, a thousand in one transaction.
    3. Build the indexes again and tell the planner what there is.
    """
    words = [index for index in Indexed._meta.indexes if isinstance(index, GinIndex)]  # noqa: SLF001 -- Django's documented door
    with connection.cursor() as cursor, connection.schema_editor() as editor:
        cursor.execute("TRUNCATE search_indexed, search_tally, search_word")
        for index in words:
            editor.remove_index(Indexed, index)
    try:
        written = actions.put_many(documents)
    finally:
        with connection.schema_editor() as editor:
            for index in words:
                editor.add_index(Indexed, index)
    actions.fold_tallies()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_indexed, search_tally, search_word")
    return written
