"""R*: publish at 2–0, after one objection only at 3–1, reject at two rejections, never more than four votes.

Every multiset of counted votes (a approvals, r rejections, c requests for changes; an objection is r or c) and
what it means; what cannot be reached because the case was decided earlier is left out:

    votes   still open                                published     rejected           changes requested
    0       –
    1       a · r · c
    2       ar · ac · rc · cc                         aa            rr
    3       aar · aac · arc · acc · rcc · ccc                       arr · rrc
    4                                                 aaar · aaac   aarr · arrc · rrcc  aarc · aacc · arcc · accc
                                                                                       · rccc · cccc

`escalate` is outside the table: one such vote hands the case to other people at once. Three votes that can only
end in a request for changes (acc, ccc) still wait for the fourth: it may escalate, and it adds what to change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from altavoz.moderation.states.case import Outcome, Verdict

MOST_VOTES: Final = 4
TO_PUBLISH: Final = 2
TO_PUBLISH_DISPUTED: Final = 3
TO_REJECT: Final = 2
#: Which verdicts speak for an outcome: their clauses and notes are its reasons. An approval has none.
SPEAK_FOR: Final[Mapping[Outcome, frozenset[Verdict]]] = MappingProxyType(
    {
        Outcome.PUBLISHED: frozenset(),
        Outcome.REJECTED: frozenset({Verdict.REJECT}),
        Outcome.CHANGES_REQUESTED: frozenset({Verdict.REJECT, Verdict.CHANGES}),
    }
)
_CASTABLE: Final = (Verdict.APPROVE, Verdict.REJECT, Verdict.CHANGES)


def outcome(verdicts: Iterable[Verdict]) -> Outcome | None:
    """Return what these votes decide, or None while they decide nothing."""
    tally = Counter(verdicts)
    return _outcome(tally[Verdict.APPROVE], tally[Verdict.REJECT], tally[Verdict.CHANGES])


def _outcome(approvals: int, rejections: int, changes: int) -> Outcome | None:
    objections = rejections + changes
    if rejections >= TO_REJECT:
        return Outcome.REJECTED
    if approvals >= (TO_PUBLISH_DISPUTED if objections else TO_PUBLISH) and objections <= 1:
        return Outcome.PUBLISHED
    if approvals + objections >= MOST_VOTES:
        return Outcome.CHANGES_REQUESTED
    return None


def votes_needed(verdicts: Iterable[Verdict]) -> int:
    """Return the fewest further votes that can decide; 0 where it is decided.

    Handing a case to no more people than this wastes nobody's time: until the last of them has voted, no vote
    of the others can have ended it (but for an escalation).
    """
    tally = Counter(verdicts)
    return _needed(tally[Verdict.APPROVE], tally[Verdict.REJECT], tally[Verdict.CHANGES])


@lru_cache(maxsize=128)
def _needed(approvals: int, rejections: int, changes: int) -> int:
    if _outcome(approvals, rejections, changes) is not None:
        return 0
    return 1 + min(
        _needed(
            approvals + (v == Verdict.APPROVE),
            rejections + (v == Verdict.REJECT),
            changes + (v == Verdict.CHANGES),
        )
        for v in _CASTABLE
    )


def is_split(verdicts: Iterable[Verdict]) -> bool:
    """Tell whether the votes contradict each other."""
    seen = set(verdicts)
    return Verdict.APPROVE in seen and len(seen) > 1
