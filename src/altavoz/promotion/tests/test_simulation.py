"""A year of promotion, quickly."""

import random

import pytest

from altavoz.promotion.simulation import Figures, Work, gini, simulate

LANGUAGES = {"es": 60, "pt": 40, "ja": 20, "sw": 6, "ar": 4}


def _year(seed: int) -> list[Work]:
    """Make works: one a year or one a day by creator, whose fame follows a power law."""
    rng = random.Random(seed)  # noqa: S311  a simulation, not a secret
    works: list[Work] = []
    for language, creators in LANGUAGES.items():
        for number in range(creators):
            fame = rng.paretovariate(1.2)
            works.extend(
                Work(
                    key=len(works) * 1000 + index,
                    creator=f"{language}{number}",
                    language=language,
                    popularity=fame * rng.random(),
                    ready=rng.randrange(SLOTS),
                )
                for index in range(1 + int(rng.paretovariate(0.7)) % 300)
            )
    return works


SLOTS = 365


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_year_is_fair(seed: int) -> None:
    popularity, newest, deficit = simulate(_year(seed), slots=SLOTS)

    assert deficit.policy == "deficit"
    assert deficit.gini <= 0.10
    assert deficit.never_shown == 0
    assert deficit.far_off <= 0.05
    assert 0.9 <= deficit.language_ratio_min <= deficit.language_ratio_max <= 1.1
    assert min(newest.gini, popularity.gini) > 0.5
    assert popularity.never_shown > 0.3
    assert popularity.quality_cost == 0 < deficit.quality_cost


def test_nothing_to_show() -> None:
    assert simulate([], slots=3) == tuple(
        Figures(
            policy=policy,
            shown=0,
            gini=0,
            far_off=0,
            never_shown=0,
            language_ratio_min=1,
            language_ratio_max=1,
            quality_cost=0,
        )
        for policy in ("popularity", "newest", "deficit")
    )


def test_everything_is_shown_where_there_is_room() -> None:
    works = [Work(key=key, creator=str(key % 2), language="es", popularity=1, ready=key) for key in range(4)]
    assert {(figures.shown, figures.never_shown) for figures in simulate(works, slots=9)} == {(4, 0)}


def test_gini() -> None:
    assert gini([(1, 1), (1, 1)]) == pytest.approx(0)
    assert gini([(0, 1), (1, 1)]) == pytest.approx(0.5)
    assert gini([(2, 2), (1, 1)]) == pytest.approx(0)
    assert gini([(0, 1)] * 99 + [(1, 1)]) == pytest.approx(0.99)
