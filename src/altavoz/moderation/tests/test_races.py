"""Real threads on a real PostgreSQL: no case is ever in too many hands, nothing deadlocks, nothing is lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import Count

from altavoz.core.ledger import actions as ledger
from altavoz.moderation import actions
from altavoz.moderation.models import Case, Lease, Vote
from altavoz.moderation.refusals import Refused
from altavoz.moderation.tests.conftest import OpenCase, Team
from altavoz.moderation.tests.toys import Toys
from altavoz.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs_left() -> Iterator[None]:
    """Delete the jobs these tests commit: their tables are not Django's to empty."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def race(*racers: Callable[[], Any]) -> list[Any]:
    """Run the calls at the same moment in a thread each; return what each answered or raised."""
    barrier, answers = Barrier(len(racers)), [None] * len(racers)

    def run(number: int, racer: Callable[[], Any]) -> None:
        try:
            barrier.wait(timeout=30)
            answers[number] = racer()
        except Exception as error:  # noqa: BLE001  whatever it was, the test compares it
            answers[number] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return answers


def test_racing_claims_never_hand_a_case_to_too_many(open_case: OpenCase, team: Team, at: datetime) -> None:
    for pk in range(1, 101):
        open_case(pk, fields={"creator": ""})
    members = team(16)

    def work(account: Account) -> int:
        count = 0
        while (lease := actions.claim(by=account, at=at)) is not None:
            actions.vote(token=lease.token, by=account, verdict="approve", at=at)
            count += 1
        return count

    counts = race(*(partial(work, account) for account in members))
    assert [count for count in counts if not isinstance(count, int)] == []
    # a desk under siege may have said "nothing right now": who comes again finds the rest
    rest = sum(work(account) for account in members)
    assert sum(counts) + rest == Vote.objects.count() == Lease.objects.count() == 200
    assert Case.objects.filter(outcome="published").count() == 100
    assert ledger.verify().first_bad is None


def test_a_burst_of_claims_for_few_cases(open_case: OpenCase, team: Team, at: datetime) -> None:
    cases = [open_case(pk).pk for pk in range(1, 4)]
    members = team(20)
    race(*(partial(actions.claim, by=account, at=at) for account in members))
    rest = [actions.claim(by=account, at=at) for account in members]
    held = Counter(Lease.objects.values_list("case_id", flat=True))
    assert held == dict.fromkeys(cases, 2)
    assert len([lease for lease in rest if lease]) <= 6


def test_one_person_with_eight_tabs_holds_three_cases(open_case: OpenCase, team: Team, at: datetime) -> None:
    for pk in range(1, 11):
        open_case(pk)
    (ana,) = team(1)
    answers = race(*(lambda: actions.claim(by=ana, at=at) for _ in range(8)))
    assert Counter(type(answer) for answer in answers) == {Lease: 3, Refused: 5}
    assert Lease.objects.aggregate(cases=Count("case", distinct=True)) == {"cases": 3}


def test_two_votes_in_the_same_moment_decide_once(open_case: OpenCase, team: Team, at: datetime) -> None:
    case = open_case()
    members = team(2)
    tokens = [lease.token for account in members if (lease := actions.claim(by=account, at=at))]
    race(
        *(
            lambda account=account, token=token: actions.vote(
                token=token, by=account, verdict="approve", at=at
            )
            for account, token in zip(members, tokens, strict=True)
        )
    )
    case.refresh_from_db()
    assert (case.outcome, Vote.objects.count()) == ("published", 2)


def test_a_double_click_from_two_processes_counts_once(open_case: OpenCase, team: Team, at: datetime) -> None:
    open_case()
    (ana,) = team(1)
    lease = actions.claim(by=ana, at=at)
    assert lease is not None
    answers = race(
        *(lambda: actions.vote(token=lease.token, by=ana, verdict="approve", at=at) for _ in range(6))
    )
    assert {answer.pk for answer in answers} == {Vote.objects.get().pk}


def test_a_new_revision_and_a_vote_at_once_leave_one_of_two_true_stories(
    open_case: OpenCase, toys: Toys, team: Team, at: datetime
) -> None:
    (ana,) = team(1)
    for pk in range(1, 11):
        old = open_case(pk)
        lease = actions.claim(by=ana, at=at)
        assert lease is not None
        subject = toys.add(pk, revision=2)
        asked: dict[str, Any] = {
            "subject": subject,
            "revision": 2,
            "kind": "change",
            "language": "es",
            "at": at,
        }
        voted, opened = race(
            partial(actions.vote, token=lease.token, by=ana, verdict="approve", at=at),
            partial(actions.open_case, **asked),
        )
        old.refresh_from_db()
        counted = Vote.objects.filter(case=old, voided_at__isnull=True).count()
        assert (old.state, counted, opened.state) == ("superseded", 0, "open")
        assert isinstance(voted, Vote) or voted.code == "case_superseded"
        actions.close_case(subject=subject, reason="withdrawn", at=at)


def test_the_same_revision_announced_twice_opens_one_case(toys: Toys, at: datetime) -> None:
    subject = toys.add()
    asked: dict[str, Any] = {"subject": subject, "revision": 1, "kind": "intake", "language": "es", "at": at}
    answers = race(*(lambda: actions.open_case(**asked) for _ in range(6)))
    assert {answer.pk for answer in answers} == {Case.objects.get().pk}


def test_racing_works_of_one_author_keep_their_distance(toys: Toys, at: datetime) -> None:
    names = [toys.add(pk) for pk in range(1, 9)]
    asked: dict[str, Any] = {"revision": 1, "kind": "intake", "language": "es", "at": at}
    race(*(partial(actions.open_case, subject=name, **asked) for name in names))
    hours = [
        round((due - at).total_seconds() / 3600)
        for due in Case.objects.order_by("due_at").values_list("due_at", flat=True)
    ]
    assert hours == [72 + 12 * place for place in range(8)]


def test_a_case_that_somebody_keeps_locked_does_not_stop_the_desk(
    open_case: OpenCase, team: Team, at: datetime
) -> None:
    case = open_case()
    (ana,) = team(1)
    locked, done = Event(), Event()

    def keep() -> None:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)
            locked.set()
            done.wait(timeout=30)

    def claim_meanwhile() -> Lease | None:
        locked.wait(timeout=30)
        try:
            return actions.claim(by=ana, at=at)
        finally:
            done.set()

    assert race(keep, claim_meanwhile) == [None, None]
    assert actions.claim(by=ana, at=at) is not None
