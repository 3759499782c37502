"""Where a page ends: the values of its last row, checked when they come back."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from altavoz.search.documents import BadCursor

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = r"(-?\d{1,18})\.(\d{1,18})"
_FORM = re.compile(rf"([nr])(\d{{1,9}})\.{_MOMENT}|(f)(\d{{1,9}})\.{_MOMENT}\.{_MOMENT}", re.ASCII)


class Place(NamedTuple):
    """The order of a row: its score (0 by date, its turn where that is the order), its time, its number."""

    score: int
    published_at: datetime
    pk: int


def write(place: Place, sort: str, *, start: Place | None = None) -> str:
    """Return the cursor that stands behind `place`; a fair order also says where its works `start`."""
    return ".".join([f"{sort[0]}{place.score}", _moment(place), *([_moment(start)] if start else [])])


def read(cursor: str, sort: str) -> Place | None:
    """Return the place of `cursor`, None for the first page; raise BadCursor if it is not ours."""
    if not cursor:
        return None
    letter, score, *moments = _parts(cursor)
    if letter != sort[0]:
        raise BadCursor(cursor[:80])
    return _place(cursor, score, *moments[:2])


def start(cursor: str) -> Place | None:
    """Return behind which place the works of a fair order start, None on the first page; raise BadCursor."""
    return _place(cursor, "0", *_parts(cursor)[-2:]) if cursor else None


def _moment(place: Place) -> str:
    return f"{(place.published_at - _EPOCH) // timedelta(microseconds=1)}.{place.pk}"


def _parts(cursor: str) -> list[str]:
    match = _FORM.fullmatch(cursor)
    if match is None:
        raise BadCursor(cursor[:80])
    return [part for part in match.groups() if part is not None]


def _place(cursor: str, score: str, microseconds: str, pk: str) -> Place:
    try:
        return Place(int(score), _EPOCH + timedelta(microseconds=int(microseconds)), int(pk))
    except OverflowError as error:
        raise BadCursor(cursor[:80]) from error
