"""Parts of pages that are kept: for those who hear of changes, and until one of them comes."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from altavoz.web.caching import parts, purge, remembered

_asked: list[str] = []


@remembered("web.works")
def words(name: str, *, loud: bool = False) -> str:
    _asked.append(name)
    return f"{name.upper() if loud else name} {translation.get_language()}"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    _asked.clear()
    parts.store.clear()
    with translation.override("es"):
        yield
    parts.store.clear()
    parts.store.limit = 0


def test_a_process_that_hears_of_no_change_keeps_nothing() -> None:
    assert [words("a"), words("a")] == ["a es", "a es"]
    assert _asked == ["a", "a"]


def test_a_part_is_worked_out_once_per_language_and_arguments() -> None:
    parts.start()
    assert [words("a"), words("a"), words("a", loud=True), words("b")] == ["a es", "a es", "A es", "b es"]
    with translation.override("ja"):
        assert words("a") == "a ja"
    assert _asked == ["a", "a", "b", "a"]


def test_a_purge_forgets_it() -> None:
    parts.start()
    words("a")
    purge({"web.works:es"})
    words("a")
    purge({"web.works"})
    words("a")
    assert _asked == ["a", "a"]


def test_what_was_worked_out_during_a_purge_is_not_kept() -> None:
    parts.start()

    @remembered("web.works")
    def slow() -> int:
        purge({"web.works"})
        _asked.append("slow")
        return 1

    assert [slow(), slow()] == [1, 1]
    assert _asked == ["slow", "slow"]
