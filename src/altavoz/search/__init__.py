"""One index over every kind of content, in every language."""

from altavoz.search.actions import fold_tallies, put, put_many, remove
from altavoz.search.documents import BadCursor, Count, Document, FacetValue, Hit, Page, Query
from altavoz.search.queries import counts_by_language, find, latest

__all__ = [
    "BadCursor",
    "Count",
    "Document",
    "FacetValue",
    "Hit",
    "Page",
    "Query",
    "counts_by_language",
    "find",
    "fold_tallies",
    "latest",
    "put",
    "put_many",
    "remove",
]
