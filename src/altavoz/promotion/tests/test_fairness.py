"""Whose turn it is."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from altavoz.promotion.fairness import SLOT, Rotation, Standing
from altavoz.promotion.simulation import attention, disparity


def _turns(rotation: Rotation, count: int) -> str:
    turns = ""
    for _ in range(count):
        party = rotation.turn()
        assert party is not None
        rotation.serve(party)
        turns += party
    return turns


def _waiting(*parties: str) -> Rotation:
    rotation = Rotation()
    for order, party in enumerate(parties):
        rotation.enter(party, since=order)
    return rotation


def test_nobody_waits() -> None:
    assert Rotation().turn() is None


def test_equals_take_turns_in_the_order_they_came() -> None:
    assert _turns(_waiting("c", "a", "b"), 9) == "cabcabcab"


def test_equals_that_came_together_go_by_name() -> None:
    rotation = Rotation()
    rotation.enter("b")
    rotation.enter("a")
    assert _turns(rotation, 4) == "abab"


def test_a_newcomer_has_one_slot_of_credit_and_joins_the_round_at_once() -> None:
    rotation = _waiting("a", "b")
    assert _turns(rotation, 4) == "abab"
    rotation.enter("n", since=9)
    assert _turns(rotation, 6) == "abnabn"


def test_who_comes_back_is_owed_no_more_than_one_slot() -> None:
    standings = {"saver": Standing(credit=50 * SLOT), "a": Standing(credit=SLOT, mark=0)}
    rotation = Rotation(standings=standings)
    rotation.enter("saver", since=1)
    assert rotation.owed() == {"saver": SLOT, "a": SLOT}


def test_waiting_twice_earns_once() -> None:
    rotation = _waiting("a", "b")
    rotation.enter("a")
    assert _turns(rotation, 4) == "abab"


def test_who_has_nothing_waiting_earns_nothing() -> None:
    rotation = _waiting("a", "b")
    rotation.leave("a")
    rotation.leave("a")
    assert _turns(rotation, 3) == "bbb"
    assert rotation.owed() == {"a": SLOT, "b": SLOT}


def test_a_refund_gives_the_turn_back() -> None:
    rotation = _waiting("a", "b", "c")
    assert _turns(rotation, 1) == "a"
    rotation.refund("a")
    assert _turns(rotation, 3) == "abc"


def test_the_state_can_be_put_away_and_taken_up_again() -> None:
    rotation = _waiting("a", "b", "c")
    _turns(rotation, 4)
    again = Rotation(clock=rotation.clock, standings=dict(rotation.standings))
    assert _turns(again, 5) == _turns(rotation, 5) == "bcabc"


def test_a_burst_does_not_crowd_others_out() -> None:
    """One creator has 100 works waiting, ten have one new work every 20 slots: each of theirs is the next but one."""
    rotation = _waiting("burst")
    waits = []
    for slot in range(200):
        if slot % 20 == 0:
            rotation.enter(f"creator {slot // 20}", since=slot)
        party = rotation.turn()
        assert party is not None
        rotation.serve(party)
        if party != "burst":
            waits.append(slot % 20)
            rotation.leave(party)
    assert waits == [1] * 10


@given(st.lists(st.sampled_from(["enter", "leave", "serve"]), max_size=80), st.randoms(use_true_random=False))
def test_credit_is_only_made_by_newcomers(steps: list[str], random: "object") -> None:
    rotation, known = Rotation(), set[str]()
    for step in steps:
        party = random.choice("abcde")  # type: ignore[attr-defined]
        if step == "enter":
            rotation.enter(party)
            known.add(party)
        elif step == "leave" and party in known:
            rotation.leave(party)
        elif turn := rotation.turn():
            rotation.serve(turn)
        total = sum(rotation.owed().values())
        # Shares are rounded down, and what is saved beyond one slot is cut: never more than was brought.
        assert total <= len(known) * SLOT
        assert all(-SLOT <= owed <= 2 * SLOT for owed in rotation.owed().values())


def test_the_six_applicants_of_singh_and_joachims() -> None:
    """Three men and three women of nearly equal merit: sorting by merit gives men twice the exposure.

    The rotation, paid by merit, treats both alike and loses 0.40 % of the list's quality.
    """
    merit = {"m": (0.80, 0.79, 0.78), "f": (0.77, 0.76, 0.75)}
    positions = [attention(position) for position in range(1, 7)]
    by_merit = (sum(positions[:3]) / 3, sum(positions[3:]) / 3)
    assert [round(exposure, 3) for exposure in by_merit] == [0.710, 0.391]
    best = sum(m * a for m, a in zip(merit["m"] + merit["f"], positions, strict=True))

    exposure, quality = _lists(merit, positions, count=2000)

    assert disparity(exposure, (0.79, 0.76)) == pytest.approx(1, abs=0.0005)
    assert round(100 * (1 - quality / best), 2) == 0.40


def _lists(
    merit: Mapping[str, tuple[float, ...]], positions: list[float], *, count: int
) -> tuple[tuple[float, float], float]:
    """Return mean exposure of both groups and mean quality of lists filled by weighted rotation."""
    rotation, weights = _waiting("m", "f"), {"m": 79, "f": 76}
    exposure, quality = dict.fromkeys(merit, 0.0), 0.0
    for _ in range(count):
        left = {group: list(values) for group, values in merit.items()}
        for position in positions:
            owed = rotation.owed()
            group = max((g for g in left if left[g]), key=owed.__getitem__)
            rotation.serve(group, cost=int(position * SLOT * 100), weight=weights[group], total=79 + 76)
            exposure[group] += position / 3 / count
            quality += left[group].pop(0) * position / count
    return (exposure["m"], exposure["f"]), quality
