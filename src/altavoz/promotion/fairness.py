"""Whose turn it is: attention is shared like bandwidth, by deficit rotation (pure).

Every party (a creator, or a language on a shared channel) earns the same credit over time while it has
work waiting, and pays for each slot it is given. The next slot goes to whoever is owed most.

The credit of thousands of parties is kept without touching them: a *clock* counts what one waiting party has
earned since the beginning; a party remembers only the clock's reading when it began to wait.
"""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

#: One slot, in the whole-number unit that credit is counted in.
SLOT = 10**9


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a party is owed: `credit` as of `mark`, the clock when it began to wait (None: nothing waits)."""

    credit: int
    mark: int | None = None
    since: int = 0

    def at(self, clock: int) -> int:
        """Return the credit at this reading of the clock."""
        return self.credit if self.mark is None else self.credit + clock - self.mark


@dataclass
class Rotation:
    """The credit of every party and who of them waits."""

    clock: int = 0
    standings: dict[str, Standing] = field(default_factory=dict)
    _heap: list[tuple[int, int, str]] = field(default_factory=list, init=False, repr=False)
    _waiting: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        """Put those who already wait in order."""
        for party, standing in self.standings.items():
            if standing.mark is not None:
                self._waiting += 1
                self._push(party, standing)

    def enter(self, party: str, *, since: int = 0) -> None:
        """Let the party wait from now on; `since` orders parties that are owed the same.

        A newcomer starts with one slot of credit. Who comes back has what was left, but at most one slot:
        nobody can save up for a burst.
        """
        old = self.standings.get(party, Standing(credit=SLOT))
        if old.mark is None:
            self._waiting += 1
            self._put(party, Standing(credit=min(old.credit, SLOT), mark=self.clock, since=since))

    def leave(self, party: str) -> None:
        """Stop the party's clock: it has nothing waiting."""
        old = self.standings[party]
        if old.mark is not None:
            self._waiting -= 1
            self.standings[party] = Standing(credit=old.at(self.clock), since=old.since)

    def turn(self) -> str | None:
        """Return who is owed most; among equals who waits longest, then the first by name."""
        while self._heap:
            key, since, party = self._heap[0]
            standing = self.standings[party]
            if standing.mark is not None and (key, since) == (_key(standing), standing.since):
                return party
            heapq.heappop(self._heap)
        return None

    def serve(self, party: str, *, cost: int = SLOT, weight: int = 1, total: int | None = None) -> None:
        """Give the party a slot: everyone who waits earns a share of its cost, and the party pays it.

        With weights, a party of weight 3 is given three times what a party of weight 1 is; `total` is then the
        sum of the weights of those who wait.
        """
        self.clock += cost // (total or self._waiting)
        old = self.standings[party]
        self._put(
            party, Standing(credit=old.at(self.clock) - cost // weight, mark=self.clock, since=old.since)
        )

    def refund(self, party: str) -> None:
        """Give a slot back to a party that paid for it but was not shown."""
        old = self.standings[party]
        self._put(party, Standing(credit=old.credit + SLOT, mark=old.mark, since=old.since))

    def owed(self) -> Mapping[str, int]:
        """Return the present credit of every party."""
        return {party: standing.at(self.clock) for party, standing in self.standings.items()}

    def _put(self, party: str, standing: Standing) -> None:
        self.standings[party] = standing
        if standing.mark is not None:
            self._push(party, standing)

    def _push(self, party: str, standing: Standing) -> None:
        heapq.heappush(self._heap, (_key(standing), standing.since, party))


def _key(standing: Standing) -> int:
    """Order waiting parties: their credits grow alike, so that the order of two never changes by itself."""
    return (standing.mark or 0) - standing.credit
