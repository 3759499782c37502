"""When to look again: as often as a source publishes, never more than it allows, spread over time."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from statistics import median

SHORTEST_S = 15 * 60
LONGEST_S = 24 * 3600
#: A source that tells us of news itself is only looked after.
PUSHED_S = 12 * 3600
_LOOKS_PER_ITEM = 8
_RECENT = 11
_STRETCH = 1.25
_JITTER = 0.1
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})")


def next_interval(published: Sequence[datetime], *, at: datetime) -> int:
    """Return the seconds to wait after news: an eighth of the usual gap between items, or of the present one."""
    recent = sorted((moment for moment in published if moment <= at), reverse=True)[:_RECENT]
    if not recent:
        return LONGEST_S // 4
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(recent)]
    usual = median(gaps) if gaps else LONGEST_S
    since = (at - recent[0]).total_seconds()
    return bounded(max(usual, since / 2) / _LOOKS_PER_ITEM)


def stretched(interval_s: int) -> int:
    """Return the seconds to wait after no news."""
    return bounded(interval_s * _STRETCH)


def backed_off(failures: int) -> int:
    """Return the seconds to wait after so many failures in a row: 30 minutes, doubling up to a day."""
    return bounded(SHORTEST_S * 2 ** min(failures, 10))


def bounded(seconds: float) -> int:
    """Return the seconds between the shortest and the longest wait."""
    return int(min(max(seconds, SHORTEST_S), LONGEST_S))


def spread(seconds: int, source_id: int) -> int:
    """Return the seconds moved by up to a tenth, always the same way for the same source."""
    place = int.from_bytes(hashlib.sha256(str(source_id).encode()).digest()[:4]) / 0xFFFFFFFF
    return int(seconds * (1 - _JITTER + 2 * _JITTER * place))


def asked_for(headers: Mapping[str, str], *, ttl_s: int | None, at: datetime) -> int:
    """Return for how many seconds the site asks to be left alone, at most a day; 0 when it does not ask."""
    fresh = _MAX_AGE.search(headers.get("cache-control", "").lower())
    asked = max(retry_after(headers, at=at), int(fresh[1]) if fresh else 0, ttl_s or 0)
    return min(asked, LONGEST_S)


def retry_after(headers: Mapping[str, str], *, at: datetime) -> int:
    """Return the seconds of Retry-After, which may be a number or a date."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal():
        return min(int(told[:9]), LONGEST_S)
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(int((moment - at).total_seconds()), 0), LONGEST_S)
