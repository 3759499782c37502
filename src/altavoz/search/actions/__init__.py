"""The ways to change the index, its words, and what people saved."""

from altavoz.search.actions.counting import fold_tallies
from altavoz.search.actions.putting import put, put_many, remove
from altavoz.search.actions.saving import SearchRefusedError, forget_search, save_search

__all__ = [
    "SearchRefusedError",
    "fold_tallies",
    "forget_search",
    "put",
    "put_many",
    "remove",
    "save_search",
]
