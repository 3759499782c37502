"""The table of steps is the only way from state to state."""

from itertools import product

import pytest
from django.utils import translation

from altavoz.showcase.states import LIVING, State, Step, StepRefusedError, after, allowed


@pytest.mark.parametrize(("state", "step"), list(product(State, Step)))
def test_every_pair_is_either_in_the_table_or_refused_in_words(state: State, step: Step) -> None:
    table = allowed()
    if (state, step) in table:
        assert after(state, step) is table[state, step]
    else:
        with pytest.raises(StepRefusedError) as refused:
            after(state, step)
        with translation.override("en"):
            assert "Reload" in str(refused.value.words)


def test_only_publishing_makes_visible() -> None:
    assert {step for (_, step), to in allowed().items() if to is State.PUBLISHED} == {
        Step.PUBLISH,
        Step.DECLINE,
    }
    assert allowed()[State.PUBLISHED, Step.DECLINE] is State.PUBLISHED  # what was approved stays approved


def test_what_was_removed_never_comes_back() -> None:
    assert not [step for (state, step) in allowed() if state is State.REMOVED]


def test_everything_living_can_be_withdrawn() -> None:
    assert all(allowed()[state, Step.WITHDRAW] is State.WITHDRAWN for state in LIVING)
