"""The imitation keeps the documented rules."""

import json
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from altavoz.promotion.channels.mastodon.fake import state
from altavoz.promotion.channels.mastodon.fake.__main__ import main
from altavoz.promotion.channels.mastodon.fake.server import Server, running
from altavoz.promotion.channels.mastodon.fake.state import RefusedError, World


def _call(
    fake: Server, method: str, path: str, body: object = None, *, who: str = "secret"
) -> tuple[int, str, HTTPMessage]:
    connection = HTTPConnection(fake.address.removeprefix("http://"))
    headers = {"Authorization": f"Bearer {who}"}
    if not isinstance(body, bytes):
        headers["Content-Type"] = "application/json"
        body = json.dumps(body).encode()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), answer.headers
    connection.close()
    return found


def test_posting_the_two_usual_ways(fake: Server) -> None:
    form = _call(fake, "POST", "/api/v1/statuses", b"status=hola&language=es")
    as_json = _call(fake, "POST", "/api/v1/statuses", {"status": "olá", "language": "pt"})
    shown = [json.loads(body)["content"] for _, body, _ in (form, as_json)]
    assert shown == ["<p>hola</p>", "<p>olá</p>"]
    code, body, headers = _call(fake, "GET", "/api/v1/statuses/110000001")
    assert (code, json.loads(body)["language"], headers["X-RateLimit-Remaining"]) == (200, "es", "297")


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("POST", "/api/v1/statuses", {"status": " "}, 422),
        ("POST", "/api/v1/statuses", {"status": "x" * 501}, 422),
        ("GET", "/api/v1/statuses/7", None, 404),
        ("GET", "/api/v1/nothing", None, 404),
        ("GET", "/__nothing", None, 404),
    ],
)
def test_what_it_refuses(fake: Server, method: str, path: str, body: object, code: int) -> None:
    assert _call(fake, method, path, body)[0] == code


def test_somebody_elses_status_cannot_be_deleted(fake: Server) -> None:
    _call(fake, "POST", "/api/v1/statuses", {"status": "mine"})
    assert _call(fake, "DELETE", "/api/v1/statuses/110000001", who="other")[0] == 404
    fake.world.revoked.add("altavoz")
    assert _call(fake, "DELETE", "/api/v1/statuses/110000001")[0] == 401


def test_a_key_is_kept_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(accounts={})
    first = world.publish("a", "hola", "es", "public", "k")
    assert world.publish("a", "hola", "es", "public", "k") is first
    later = time.time() + state.IDEMPOTENCY_S + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert world.publish("a", "hola", "es", "public", "k").id != first.id


def test_the_pace_of_requests_and_deletes(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(accounts={})
    assert [world.spend("a", "request")[:2] for _ in range(300)][-1] == (300, 0)
    for what, allowed, window in (("request", 0, state.REQUESTS_S), ("delete", 30, state.DELETES_S)):
        for _ in range(allowed):
            world.spend("a", what)
        with pytest.raises(RefusedError, match="Too many requests"):
            world.spend("a", what)
        later = time.time() + window + 1
        monkeypatch.setattr(time, "time", lambda later=later: later)
        assert world.spend("a", what)[1] > 0


def test_what_it_counts() -> None:
    text = "hola @ana@mastodon.example https://a.example/" + "x" * 99
    assert state.count(text) == len("hola @ana ") + 23


def test_faults_and_state_over_http(fake: Server) -> None:
    _call(fake, "POST", "/__faults", {"kind": "reject"})
    _call(fake, "POST", "/__faults", [{"kind": "error", "method": "GET", "path": "/api/v2"}])
    assert _call(fake, "POST", "/api/v1/statuses", {"status": "a"})[0] == 422
    assert _call(fake, "POST", "/api/v1/statuses", {"status": "a"})[0] == 200
    snapshot = json.loads(_call(fake, "GET", "/__state")[1])
    assert (snapshot["created"], [fault["kind"] for fault in snapshot["faults"]]) == (1, ["error"])
    _call(fake, "DELETE", "/__faults")
    assert _call(fake, "GET", "/api/v2/instance")[0] == 200


def test_the_timeline_says_what_it_is_and_escapes(fake: Server) -> None:
    assert "Nothing has been posted yet." in _call(fake, "GET", "/")[1]
    world = fake.world
    world.publish("altavoz", "<script>\nhttps://a.example/?x=1&y=2 fin", "ar", "public", "")
    world.publish("otra", "sin idioma", None, "public", "")
    world.edit("otra", "110000002", "sin idioma", None)
    page = _call(fake, "GET", "/")[1]
    assert "local imitation of a Mastodon server" in page
    assert "<script>" not in page
    assert '&lt;script&gt;\n<a href="https://a.example/?x=1&amp;y=2" rel="nofollow">' in page
    assert '<span class="tag">ar</span>' in page
    assert "no language" in page
    assert "edited" in page
    alone = _call(fake, "GET", "/@altavoz/110000001")[1]
    assert ("fin" in alone, "sin idioma" in alone) == (True, False)


@pytest.mark.processes
def test_it_runs_by_itself(tmp_path: Path) -> None:
    program = [sys.executable, "-m", main.__module__, "--port", "0"]
    options = ["--account", "altavoz=t", "--state", str(tmp_path / "state.json")]
    with subprocess.Popen(  # noqa: S603  our own program with our own words
        [*program, *options], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        connection = HTTPConnection(address.removeprefix("http://"))
        connection.request("GET", "/")
        page = connection.getresponse().read().decode()
        connection.close()
        process.terminate()
        assert process.wait(10) == 0
    assert "Nothing has been posted yet." in page


def test_it_remembers_across_runs(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    world = World(accounts={"t": "a"}, file=file)
    world.publish("a", "uno", "es", "public", "k")
    world.publish("a", "dos", "es", "public", "k2")
    world.delete("a", "110000001")
    with running(World(accounts={"t": "a"}, file=file)) as again:
        snapshot = again.world.snapshot()
    assert (snapshot["created"], snapshot["deleted"], [s.text for s in again.world.statuses]) == (
        2,
        1,
        ["dos"],
    )
