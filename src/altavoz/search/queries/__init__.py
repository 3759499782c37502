"""What can be asked of the index; every answer costs at most three statements."""

from altavoz.search.queries.finding import find
from altavoz.search.queries.newest import latest
from altavoz.search.queries.tallies import counts_by_language

__all__ = ["counts_by_language", "find", "latest"]
