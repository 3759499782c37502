"""Where a list that is paged by number goes on, as an address carries it."""

_LONGEST = 18  # digits that any bigint holds


def position(given: str) -> int | None:
    """Return the position in an address; None for none or nonsense."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= _LONGEST else None
