"""Workers to be killed: for every line of input, a child does what is due that many seconds from now until nothing is.

Run by test_killing as `python -m altavoz.promotion.tests.worker`. Prints each child's process id, then how it ended.
"""

import os
import sys
from datetime import timedelta

import django
from django.db import connection
from django.utils import timezone

django.setup()

from altavoz.core import subjects  # noqa: E402  Django has to be set up first
from altavoz.promotion import actions, deliveries  # noqa: E402  as above
from altavoz.promotion.tests.fixtures import Works  # noqa: E402  as above


def work(skipped: timedelta) -> None:
    """Live in a future that many seconds away."""
    actions.plan(at=timezone.now() + skipped)
    while posts := deliveries.due(at=timezone.now() + skipped):
        for post_id in posts:
            deliveries.carry(post_id=post_id, at=timezone.now() + skipped)


def main() -> None:
    """Fork a child per line, so that none has to begin with importing everything."""
    works = Works()
    works.titles = {pk: {1: f"Obra {pk}"} for pk in range(1, 100_000)}
    subjects.register(works)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            connection.ensure_connection()
            print(os.getpid(), flush=True)  # noqa: T201  this is how we talk to the test
            work(timedelta(seconds=float(line)))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201  as above


main()
