"""Divides sources among processes so that a site meets one of them only. Pure."""

import heapq
from collections import defaultdict
from collections.abc import Sequence

from altavoz.core.fetch import host_of
from altavoz.ingest.actions import Claimed


def divide(claimed: Sequence[Claimed], parts: int) -> list[list[Claimed]]:
    """Return the sources in at most `parts` portions, about as long as each other; none is empty.

    All sources of a host are in one portion, and with them those that were last redirected to it.
    """
    shares: list[list[Claimed]] = [[] for _ in range(parts)]
    lengths = [(0, number) for number in range(parts)]
    for group in sorted(_by_site(claimed), key=len, reverse=True):
        length, number = heapq.heappop(lengths)
        shares[number] += group
        heapq.heappush(lengths, (length + len(group), number))
    return [share for share in shares if share]


def _by_site(claimed: Sequence[Claimed]) -> list[list[Claimed]]:
    sites: dict[str, str] = {}
    for each in claimed:
        if each.redirect_url:
            one, other = _site(sites, host_of(each.url)), _site(sites, host_of(each.redirect_url))
            sites[one] = other
    groups: dict[str, list[Claimed]] = defaultdict(list)
    for each in claimed:
        groups[_site(sites, host_of(each.url))].append(each)
    return list(groups.values())


def _site(sites: dict[str, str], host: str) -> str:
    """Return the host that stands for all that hang together with this one."""
    while (other := sites.get(host, host)) != host:
        host = other
    return host
