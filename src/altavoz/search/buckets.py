"""Terms that nobody types: when a work came out, and which samples it was drawn for. They bound what a search reads.

A frequent word together with the months of a season is found in the index without touching the works of other years;
together with a sample, its works are counted by reading a few hundred of them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zlib import crc32

#: One work of so many is in the sample of that name; the smaller samples are parts of the larger.
RATES = (512, 64, 8)
#: Talks are announced, and some dates are wrong: what is newest may lie so many years ahead.
YEARS_AHEAD = 10

_MONTHLY_DAYS = 20  # longer spans begin with a month
_YEARLY_DAYS = 800  # and these with a year
_DECEMBER = 12


def of_document(subject: str, published_at: datetime) -> tuple[str, ...]:
    """Return the terms of a document: its year, month and day in UTC, and its samples."""
    day = published_at.astimezone(UTC).date().isoformat()
    number = crc32(subject.encode("utf-8", "surrogatepass"))
    return (f"@{day[:4]}", f"@{day[:7]}", f"@{day}", *(sample(rate) for rate in RATES if number % rate == 0))


def sample(rate: int) -> str:
    """Return the term of the sample that holds one work of `rate`."""
    return f"/{rate}"


def cover(days: int, until: datetime | None, *, now: datetime) -> tuple[str, ...]:
    """Return terms of which every document of the last `days` before `until` (or of now and later) has one.

    Some that are a little older or later have one too: long spans consist of whole months and years.
    """
    last = until.astimezone(UTC).date() if until else date(now.year + YEARS_AHEAD, _DECEMBER, 31)
    newest = until.astimezone(UTC).date() if until else now.date()
    first = date.min + max(newest - date.min - timedelta(days), timedelta())
    if days > _YEARLY_DAYS:
        first, last = first.replace(month=1, day=1), last.replace(month=_DECEMBER, day=31)
    elif days > _MONTHLY_DAYS:
        first, last = first.replace(day=1), _end_of_month(last)
    return tuple(_blocks(first, last))


def _blocks(first: date, last: date) -> Iterator[str]:
    """Yield the fewest whole years, months and days that make up the days from `first` to `last`."""
    while first <= last:
        end_of_year = first.replace(month=_DECEMBER, day=31)
        if first.month == first.day == 1 and end_of_year <= last:
            end, term = end_of_year, first.isoformat()[:4]
        elif first.day == 1 and _end_of_month(first) <= last:
            end, term = _end_of_month(first), first.isoformat()[:7]
        else:
            end, term = first, first.isoformat()
        yield f"@{term}"
        if end == date.max:
            return
        first = end + timedelta(1)


def _end_of_month(day: date) -> date:
    if day.month == _DECEMBER:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(1)
