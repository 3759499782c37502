"""Where a page ends: the values of its last row, checked when they come back."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from altavoz.search.documents import BadCursor

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORM = re.compile(r"([nr])(\d{1,9})\.(-?\d{1,17})\.(\d{1,18})", re.ASCII)


class Place(NamedTuple):
    """The order of a row: its score (0 by date), its time, its number."""

    score: int
    published_at: datetime
    pk: int


def write(place: Place, sort: str) -> str:
    """Return the cursor that stands behind `place`."""
    microseconds = (place.published_at - _EPOCH) // timedelta(microseconds=1)
    return f"{sort[0]}{place.score}.{microseconds}.{place.pk}"


def read(cursor: str, sort: str) -> Place | None:
    """Return the place of `cursor`, None for the first page; raise BadCursor if it is not ours."""
    if not cursor:
        return None
    match = _FORM.fullmatch(cursor)
    if match is None or match[1] != sort[0]:
        raise BadCursor(cursor[:80])
    try:
        return Place(int(match[2]), _EPOCH + timedelta(microseconds=int(match[3])), int(match[4]))
    except OverflowError as error:
        raise BadCursor(cursor[:80]) from error
