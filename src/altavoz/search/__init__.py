"""One index over every kind of content, in every language."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from altavoz.search.documents import BadCursor, Count, Document, FacetValue, Hit, Page, Query

if TYPE_CHECKING:
    from altavoz.search.actions import fold_tallies, put, put_many, remove
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


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- whatever the module offers
    """Load actions and queries when they are used first: they need models, which Django loads later than this."""
    for module in ("actions", "queries") if name in __all__ else ():
        found = import_module(f"{__name__}.{module}")
        if hasattr(found, name):
            return getattr(found, name)
    raise AttributeError(name)
