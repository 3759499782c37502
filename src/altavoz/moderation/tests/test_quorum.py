"""R* over every sequence of votes, and the figures its design promises."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import pytest

from altavoz.moderation.states import Outcome, Verdict, quorum

A, R, C = Verdict.APPROVE, Verdict.REJECT, Verdict.CHANGES
LETTERS = {"a": A, "r": R, "c": C}

#: The table of quorum's docstring: every multiset that can be reached, and what it decides.
TABLE = {
    "": None,
    "a": None, "r": None, "c": None,
    "ar": None, "ac": None, "rc": None, "cc": None, "aa": Outcome.PUBLISHED, "rr": Outcome.REJECTED,
    "aar": None, "aac": None, "arc": None, "acc": None, "rcc": None, "ccc": None,
    "arr": Outcome.REJECTED, "rrc": Outcome.REJECTED,
    "aaar": Outcome.PUBLISHED, "aaac": Outcome.PUBLISHED,
    "aarr": Outcome.REJECTED, "arrc": Outcome.REJECTED, "rrcc": Outcome.REJECTED,
    "aarc": Outcome.CHANGES_REQUESTED, "aacc": Outcome.CHANGES_REQUESTED, "arcc": Outcome.CHANGES_REQUESTED,
    "accc": Outcome.CHANGES_REQUESTED, "rccc": Outcome.CHANGES_REQUESTED, "cccc": Outcome.CHANGES_REQUESTED,
}  # fmt: skip


def histories() -> Iterator[tuple[Verdict, ...]]:
    """Yield every sequence of votes that R* lets happen: it stops where the case is decided."""
    waiting: list[tuple[Verdict, ...]] = [()]
    while waiting:
        votes = waiting.pop()
        yield votes
        if quorum.outcome(votes) is None:
            waiting += [(*votes, verdict) for verdict in (A, R, C)]


def letters(votes: tuple[Verdict, ...]) -> str:
    return "".join(sorted((verdict[0] for verdict in votes), key="arc".index))


def test_every_reachable_multiset_is_in_the_table() -> None:
    assert {letters(votes): quorum.outcome(votes) for votes in histories()} == TABLE


def test_the_order_of_votes_does_not_matter() -> None:
    outcomes = {(letters(votes), quorum.outcome(votes)) for votes in product((A, R, C), repeat=4)}
    assert len(outcomes) == len({key for key, _ in outcomes}) == 15


def test_no_history_is_longer_than_four_votes() -> None:
    assert max(map(len, histories())) == 4


@pytest.mark.parametrize(("votes", "needed"), [
    ("", 2), ("a", 1), ("r", 1), ("c", 2), ("ar", 1), ("ac", 2), ("rc", 1), ("cc", 2), ("aa", 0), ("rr", 0),
    ("aar", 1), ("aac", 1), ("arc", 1), ("acc", 1), ("rcc", 1), ("ccc", 1), ("cccc", 0),
])  # fmt: skip
def test_votes_needed_is_the_fewest_that_can_decide(votes: str, needed: int) -> None:
    assert quorum.votes_needed(LETTERS[letter] for letter in votes) == needed


def test_nobody_to_whom_a_case_was_handed_votes_in_vain() -> None:
    for votes in histories():
        for further in product((A, R, C), repeat=max(quorum.votes_needed(votes) - 1, 0)):
            assert quorum.outcome(votes) or quorum.outcome((*votes, *further)) is None


def test_split_means_contradiction() -> None:
    assert [quorum.is_split(votes) for votes in [(), (A,), (A, A), (R, C), (A, R), (A, C)]] == [
        False, False, False, False, True, True,
    ]  # fmt: skip


def figures(approves: float) -> tuple[float, float, float]:
    """Return the chance of publishing, of rejecting, and the mean number of votes, by adding up every history."""
    published = rejected = votes_cast = 0.0
    for votes in histories():
        outcome = quorum.outcome(votes)
        if outcome is None or C in votes:
            continue
        tally = Counter(votes)
        chance = approves ** tally[A] * (1 - approves) ** tally[R]
        published += chance * (outcome == Outcome.PUBLISHED)
        rejected += chance * (outcome == Outcome.REJECTED)
        votes_cast += chance * len(votes)
    return published, rejected, votes_cast


def test_the_figures_of_the_design() -> None:
    bad, good = figures(approves=0.15), figures(approves=0.97)
    assert (round(100 * bad[0], 1), round(100 * good[1], 2)) == (2.8, 0.43)
    assert round(0.04 * bad[2] + 0.96 * good[2], 2) == 2.12
    assert abs(sum(bad[:2]) - 1) < 1e-12 > abs(sum(good[:2]) - 1)
