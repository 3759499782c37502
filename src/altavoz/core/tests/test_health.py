"""Whether a process lives, may be given visitors, and how the queue is."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.test import RequestFactory
from django.utils import timezone

from altavoz.core import health
from altavoz.core.tasks import handle

REQUEST = RequestFactory().get("/health/ready")


def _ready() -> tuple[int, dict[str, object]]:
    import json

    answer = health.ready(REQUEST)
    return answer.status_code, json.loads(answer.content)


def test_live_asks_nobody() -> None:
    answer = health.live(RequestFactory().get("/health/live"))
    assert (answer.status_code, answer.content) == (200, b'{"live": true}')
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_with_an_empty_queue_and_no_worker() -> None:
    everything = {"ready": True, "database": "reachable", "migrations_to_apply": 0}
    queue = {"jobs_due": 0, "oldest_due_s": 0.0, "worker_seen_s_ago": None}
    assert _ready() == (200, everything | queue)
    assert _ready() == (200, everything | queue)  # remembered


@pytest.mark.django_db
def test_queue_tells_what_is_due_and_who_works() -> None:
    now = timezone.now()
    handle.configure(schedule_at=now - timedelta(minutes=2)).defer(event=1, handler="x")
    handle.configure(schedule_at=now + timedelta(minutes=2)).defer(event=2, handler="x")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 s')")
    assert health.queue() == {
        "jobs_due": 1,
        "oldest_due_s": pytest.approx(120, abs=5),
        "worker_seen_s_ago": pytest.approx(5, abs=1),
    }


@pytest.mark.django_db
def test_migrations_to_apply_keep_visitors_away() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'core')"
        )
    status, report = _ready()
    assert (status, report["ready"], report["migrations_to_apply"]) == (503, False, 1)
    assert cache.get("core.health.migrated") is None


@pytest.mark.django_db(transaction=True)
def test_unreachable_database(monkeypatch: pytest.MonkeyPatch) -> None:
    connections["default"].close()
    with monkeypatch.context() as elsewhere:
        elsewhere.setitem(connections["default"].settings_dict, "NAME", "no_such_database")
        assert _ready() == (503, {"ready": False, "database": "unreachable"})
        connections["default"].close()
