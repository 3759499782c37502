"""Covers: the same for the same work, different for every other, and light."""

from altavoz.web import covers


def test_no_two_of_ten_thousand_are_alike() -> None:
    drawn = {covers.arcs(f"showcase.publication:{pk}") for pk in range(10_000)}
    assert len(drawn) == 10_000
    assert max(map(len, drawn)) < 900


def test_a_cover_stays_the_same() -> None:
    assert covers.arcs("showcase.publication:1") == covers.arcs("showcase.publication:1")
    assert {covers.palette(f"{pk}") for pk in range(100)} == set(range(6))
