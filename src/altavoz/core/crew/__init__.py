"""Helper processes that stay: they share work with the process that started them, and end with it."""

from altavoz.core.crew.captain import Crew, Lost, spare_garbage

__all__ = ["Crew", "Lost", "spare_garbage"]
