"""What a year of promotion would give to whom, under three policies (pure; `altavoz simulate fairness`)."""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from altavoz.promotion.fairness import Rotation

#: The policies that can be compared, ours last.
POLICIES = ("popularity", "newest", "deficit")


@dataclass(frozen=True, kw_only=True)
class Work:
    """A work that may be carried once: whose, in which language, how popular, and from which slot on."""

    key: int
    creator: str
    language: str
    popularity: float
    ready: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What came out: 0 is perfect for `gini`, `far_off`, `never_shown` and `quality_cost`, 1 for the language ratios.

    `far_off` is the share of creators more than one slot away from the ideal: slots cannot be cut, so that where
    there are more creators than slots no policy gets the Gini to 0.
    """

    policy: str
    shown: int
    gini: float
    far_off: float
    never_shown: float
    language_ratio_min: float
    language_ratio_max: float
    quality_cost: float


def simulate(works: Sequence[Work], *, slots: int) -> tuple[Figures, ...]:
    """Return the figures of every policy for the same works and slots.

    A creator's exposure is held against what an ideal, infinitely divisible rotation would have given them in
    the same year: nobody counts as wronged for slots before their first work, or beyond their last.
    """
    due = _fluid(works, slots)
    runs = {policy: _run(policy, works, slots) for policy in POLICIES}
    best = sum(work.popularity for work in runs["popularity"])
    return tuple(_figures(policy, shown, due, best) for policy, shown in runs.items())


def _figures(
    policy: str, shown: Sequence[Work], due: Mapping[tuple[str, str], float], best: float
) -> Figures:
    got = Counter((work.language, work.creator) for work in shown)
    ratios = _language_ratios(got, due)
    entitled = [party for party, slots in due.items() if slots >= 1]
    unseen = sum(not got[party] for party in entitled)
    return Figures(
        policy=policy,
        shown=len(shown),
        gini=gini([(got[party], slots) for party, slots in due.items()]),
        far_off=sum(abs(got[party] - slots) > 1 for party, slots in due.items()) / (len(due) or 1),
        never_shown=unseen / len(entitled) if entitled else 0.0,
        language_ratio_min=min(ratios, default=1.0),
        language_ratio_max=max(ratios, default=1.0),
        quality_cost=1 - sum(work.popularity for work in shown) / best if best else 0.0,
    )


def _language_ratios(got: Mapping[tuple[str, str], int], due: Mapping[tuple[str, str], float]) -> list[float]:
    mine: Counter[str] = Counter()
    ideal: defaultdict[str, float] = defaultdict(float)
    for (language, creator), slots in due.items():
        mine[language] += got[language, creator]
        ideal[language] += slots
    return [mine[language] / slots for language, slots in ideal.items() if slots >= 1]


# The measures


def gini(pairs: Iterable[tuple[float, float]]) -> float:
    """Return how unequally what was got is spread over what was due, from (got, due) pairs: 0 none, 1 all."""
    ordered = sorted((pair for pair in pairs if pair[1] > 0), key=lambda pair: pair[0] / pair[1])
    got, due = sum(pair[0] for pair in ordered), sum(pair[1] for pair in ordered)
    if not got:
        return 0.0
    below = area = 0.0
    for mine, slots in ordered:
        area += slots / due * (2 * below + mine / got)
        below += mine / got
    return 1 - area


def attention(position: int) -> float:
    """Return how much attention a position of a list gets, the first being 1 (logarithmic discount)."""
    return 1 / math.log2(1 + position)


def disparity(exposure: tuple[float, float], merit: tuple[float, float]) -> float:
    """Return how differently two groups are exposed for the same merit: 1 is equal treatment."""
    return (exposure[0] / merit[0]) / (exposure[1] / merit[1])


# The policies


class _Policy(Protocol):
    def add(self, work: Work) -> None: ...
    def take(self) -> Work | None: ...


def _run(policy: str, works: Sequence[Work], slots: int) -> list[Work]:
    """Return what was shown, in order: one waiting work per slot."""
    chooser = _chooser(policy)
    arriving = sorted(works, key=lambda work: (work.ready, work.key))
    shown, arrived = [], 0
    for slot in range(slots):
        while arrived < len(arriving) and arriving[arrived].ready <= slot:
            chooser.add(arriving[arrived])
            arrived += 1
        if work := chooser.take():
            shown.append(work)
    return shown


def _chooser(policy: str) -> _Policy:
    if policy == "deficit":
        return _Deficit()
    sign = {"popularity": lambda work: -work.popularity, "newest": lambda work: -work.ready}
    return _Sorted(sign[policy])


class _Sorted:
    """Shows the best by one measure, whoever made it."""

    def __init__(self, rank: "_Rank") -> None:
        self.rank = rank
        self.heap: list[tuple[float, int, Work]] = []

    def add(self, work: Work) -> None:
        heapq.heappush(self.heap, (self.rank(work), work.key, work))

    def take(self) -> Work | None:
        return heapq.heappop(self.heap)[2] if self.heap else None


class _Rank(Protocol):
    def __call__(self, work: Work, /) -> float: ...


class _Deficit:
    """Shares slots among languages, and a language's slots among its creators."""

    def __init__(self) -> None:
        self.languages = Rotation()
        self.creators: defaultdict[str, Rotation] = defaultdict(Rotation)
        self.works: defaultdict[tuple[str, str], list[Work]] = defaultdict(list)

    def add(self, work: Work) -> None:
        self.works[work.language, work.creator].append(work)
        self.languages.enter(work.language, since=work.key)
        self.creators[work.language].enter(work.creator, since=work.key)

    def take(self) -> Work | None:
        language = self.languages.turn()
        if language is None:
            return None
        creators = self.creators[language]
        creator = creators.turn()
        assert creator is not None  # noqa: S101  a language waits as long as one of its creators does
        self.languages.serve(language)
        creators.serve(creator)
        work = self.works[language, creator].pop(0)
        if not self.works[language, creator]:
            creators.leave(creator)
        if creators.turn() is None:
            self.languages.leave(language)
        return work


# The ideal


def _fluid(works: Sequence[Work], slots: int) -> dict[tuple[str, str], float]:
    """Return what each (language, creator) would get if every slot could be cut into any number of pieces."""
    arriving = sorted(works, key=lambda work: work.ready)
    left: defaultdict[str, dict[str, float]] = defaultdict(dict)
    got: defaultdict[tuple[str, str], float] = defaultdict(float)
    arrived = 0
    for slot in range(slots):
        while arrived < len(arriving) and arriving[arrived].ready <= slot:
            work = arriving[arrived]
            left[work.language][work.creator] = left[work.language].get(work.creator, 0.0) + 1
            arrived += 1
        for language, piece in _pour(1.0, {key: sum(mine.values()) for key, mine in left.items()}).items():
            for creator, share in _pour(piece, left[language]).items():
                got[language, creator] += share
                left[language][creator] -= share
                if left[language][creator] <= _DUST:
                    del left[language][creator]
    return dict(got)


#: What is left of a slot after dividing and adding up again.
_DUST = 1e-9


def _pour(amount: float, room: Mapping[str, float]) -> dict[str, float]:
    """Share an amount equally among parties, none getting more than it has room for."""
    shares: dict[str, float] = {}
    waiting = sorted((limit, party) for party, limit in room.items() if limit > _DUST)
    for index, (limit, party) in enumerate(waiting):
        shares[party] = min(limit, amount / (len(waiting) - index))
        amount -= shares[party]
    return shares
