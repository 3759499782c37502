"""Subjects name what engines work on, and only that."""

from collections.abc import Mapping

import pytest

from altavoz.core import subjects


class Bell:
    label = "tests.bell"

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, subjects.Description]:
        return {pk: _bell(pk, revision or 1) for pk, revision in revisions.items() if pk < 10}

    def parties(self, pk: int) -> frozenset[int]:
        return frozenset({pk, pk + 1})


def _bell(pk: int, revision: int) -> subjects.Description:
    return subjects.Description(
        subject=f"tests.bell:{pk}",
        revision=revision,
        title=f"Campana {pk}",
        summary="",
        language="es",
        spoken_language="es",
        kind="video",
        url="https://example.org/",
        page=f"bells/{pk}/",
    )


@pytest.fixture(autouse=True)
def _bells() -> None:
    subjects.register(Bell())


def test_a_subject_reads_back_as_it_was_written() -> None:
    assert subjects.parse(subjects.subject_of("tests.bell", 42)) == ("tests.bell", 42)
    assert subjects.key_of("tests.bell:42") == 42


@pytest.mark.parametrize(
    "text",
    ["", "bell:1", "tests.bell:0", "tests.bell:-1", "tests.bell:1 ", "tests.Bell:1", "a.b:" + "9" * 20],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(subjects.BadSubjectError):
        subjects.parse(text)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(subjects.BadSubjectError):
        subjects.describe("tests.nobody:1")


def test_describing_one_and_many() -> None:
    assert subjects.describe("tests.bell:3", 2) == _bell(3, 2)
    assert subjects.describe("tests.bell:30") is None
    assert subjects.describe_many(["tests.bell:2", "tests.bell:1", "tests.bell:2", "tests.bell:30"]) == {
        "tests.bell:1": _bell(1, 1),
        "tests.bell:2": _bell(2, 1),
    }


def test_parties_are_the_accounts_behind_it() -> None:
    assert subjects.parties("tests.bell:4") == frozenset({4, 5})


class Echo(Bell):
    label = "tests.echo"

    def authors(self, pk: int) -> frozenset[int]:
        return frozenset({pk})


def test_every_party_is_told_unless_the_kind_says_who_is() -> None:
    subjects.register(Echo())
    assert subjects.authors("tests.bell:1") == subjects.parties("tests.bell:1") == {1, 2}
    assert subjects.parties("tests.echo:1") == {1, 2}
    assert subjects.authors("tests.echo:1") == {1}
