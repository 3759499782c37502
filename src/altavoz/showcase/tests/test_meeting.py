"""What follows from one import meets itself: real threads on connections of their own."""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from altavoz.ingest.models import Entry
from altavoz.showcase import actions
from altavoz.showcase.models import Catalogue, Publication
from altavoz.showcase.tests.builders import a_catalogue, an_entry

pytestmark = pytest.mark.django_db(transaction=True)
SPEAKERS = ["Ana", "Beto", "Caro", "Dani", "Eva", "Fito"]


def side_by_side(*work: Callable[[], object]) -> list[str]:
    """Do all of it at the same time, each in a transaction as a handler does; return what went wrong."""
    barrier = Barrier(len(work))
    problems: list[str] = []

    def run(func: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            with transaction.atomic():
                func()
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is what the test is about
            problems.append(str(problem))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(func,)) for func in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def talks(catalogue: Catalogue, at: datetime) -> list[Entry]:
    """Return sixty talks by few people, so that those which change and those which go share their speakers."""
    return [
        an_entry(
            catalogue.source,
            str(number),
            at=at,
            authors=[SPEAKERS[number % 6], SPEAKERS[number // 2 % 6], f"Solo {number // 2}"],
            extra={"category": "c"},
        )
        for number in range(60)
    ]


def change(entries: Sequence[Entry]) -> list[int]:
    for entry in entries:
        entry.title += " (nuevo)"
        entry.authors = entry.authors[::-1]
        entry.save()
    return [entry.pk for entry in entries]


@pytest.mark.parametrize("in_review", [False, True])
def test_changed_and_removed_records_of_one_import_wait_for_each_other_in_one_order(
    *, in_review: bool, at: datetime
) -> None:
    catalogue = a_catalogue(at=at)
    entries = talks(catalogue, at)
    actions.gather([entry.pk for entry in entries], at=at)
    adopted: dict[str, Any] = {
        "catalogue": catalogue.subject,
        "language": "es",
        "collections": (),
        "adoption": 1,
        "at": at,
    }
    actions.adopt_batch(**adopted)
    if in_review:
        actions.submit_waiting(at=at)
    changed, removed = change(entries[::2]), [entry.pk for entry in entries[1::2]]

    def gather() -> None:
        actions.submit_waiting(at=at, only=actions.gather(changed, at=at))

    problems = side_by_side(
        gather,
        lambda: actions.vanish(removed, at=at),
        lambda: actions.adopt_batch(**adopted),
        lambda: actions.submit_waiting(at=at),
    )
    assert problems == []
    assert (
        sorted(Publication.objects.values_list("state", flat=True)) == ["published"] * 30 + ["withdrawn"] * 30
    )
