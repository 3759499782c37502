"""Where a page of creators begins, as addresses carry it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64

from altavoz.search.documents import BadCursor

_BIGGEST = 2**63


def write(place: tuple[str, int]) -> str:
    """Return the cursor behind a creator, given by sort key and id."""
    return urlsafe_b64encode(f"{place[1]}:{place[0]}".encode()).decode().rstrip("=")


def read(cursor: str) -> tuple[str, int] | None:
    """Return the place of a cursor, None for the first page; raises BadCursor if it is not ours."""
    if not cursor:
        return None
    try:
        pk, _, key = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(":")
        place = (key, int(pk))
    except (BadBase64, UnicodeError, ValueError):
        raise BadCursor(cursor[:80]) from None
    if not 0 < place[1] < _BIGGEST or "\0" in key:
        raise BadCursor(cursor[:80])
    return place
