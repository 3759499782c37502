"""What can be asked of the index; an answer costs at most five statements, most cost two."""

from altavoz.search.queries.each import latest_each
from altavoz.search.queries.finding import find
from altavoz.search.queries.highlighting import highlights
from altavoz.search.queries.newest import latest
from altavoz.search.queries.relating import related
from altavoz.search.queries.saved import saved_searches
from altavoz.search.queries.tallies import counts_by_language

__all__ = [
    "counts_by_language",
    "find",
    "highlights",
    "latest",
    "latest_each",
    "related",
    "saved_searches",
]
