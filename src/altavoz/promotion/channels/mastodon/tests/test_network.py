"""Mastodon, against its imitation: what every answer means."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings
from pytest_httpserver import HTTPServer

from altavoz.promotion.channels import Network, network, networks
from altavoz.promotion.channels.contract import (
    Connection,
    Failed,
    Gone,
    Limits,
    Message,
    Missing,
    Probe,
    Sent,
    Trouble,
    Unknown,
)
from altavoz.promotion.channels.mastodon import client
from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import Fault
from altavoz.promotion.channels.mastodon.network import Mastodon
from altavoz.promotion.fitting import Item

LINK = "https://altavoz.example/es/works/42-asincron%C3%ADa/"
MESSAGE = Message(text=f"Asincronía <b>& más</b>\n\n{LINK}", link=LINK, language="es")
mastodon: Network = Mastodon()


@pytest.fixture
def now() -> datetime:
    # The imitation lives in real time.
    return datetime.now(UTC)


def test_the_folder_registers_itself() -> None:
    assert [(name, found.label) for name, found in networks().items()] == [("mastodon", "Mastodon")]
    assert isinstance(network("mastodon"), Mastodon)


def test_compose_keeps_to_the_limits() -> None:
    message = mastodon.compose(Item(title="x" * 600, link=LINK, language="es"), Limits(characters=100))
    assert message.text == "x" * 74 + f"…\n\n{LINK}"


def test_probe_learns_who_we_are_and_how_long_a_post_may_be(
    fake: Server, connection: Connection, now: datetime
) -> None:
    bare = Connection(address=connection.address, credentials=connection.credentials)
    assert mastodon.probe(bare, at=now) == Probe(
        handle=f"@altavoz@{fake.address.removeprefix('http://')}",
        options=dict(connection.options),
        limits=Limits(characters=500, link=23),
    )


def test_the_same_key_publishes_once(fake: Server, connection: Connection, now: datetime) -> None:
    first = mastodon.send(connection, MESSAGE, key="k1", at=now)
    again = mastodon.send(connection, MESSAGE, key="k1", at=now)
    assert first == again == Sent(remote_id="110000001", url=f"{fake.address}/@altavoz/110000001")
    status = fake.world.statuses[0]
    assert (status.text, status.language, status.visibility) == (MESSAGE.text, "es", "public")


def test_an_unknown_language_is_left_out(fake: Server, connection: Connection, now: datetime) -> None:
    mastodon.send(connection, Message(text="?", link="", language=""), key="k", at=now)
    assert fake.world.statuses[0].language is None


def test_edit_find_and_withdraw(fake: Server, connection: Connection, now: datetime) -> None:
    assert mastodon.find(connection, MESSAGE, since=now, at=now) == Missing()
    sent = mastodon.send(connection, MESSAGE, key="k1", at=now)
    assert isinstance(sent, Sent)
    changed = Message(text=f"Otro\n\n{LINK}", link=LINK, language="es")
    assert mastodon.edit(connection, changed, remote_id=sent.remote_id, at=now) == sent
    assert fake.world.statuses[0].text == changed.text
    assert mastodon.find(connection, MESSAGE, since=now, at=now) == sent
    assert mastodon.withdraw(connection, remote_id=sent.remote_id, at=now) == Gone()
    assert mastodon.withdraw(connection, remote_id=sent.remote_id, at=now) == Gone()
    assert mastodon.edit(connection, MESSAGE, remote_id=sent.remote_id, at=now) == Failed(
        why=Trouble.NOT_A_SERVER
    )
    assert mastodon.find(connection, MESSAGE, since=now, at=now) == Missing()


def test_find_looks_through_pages_until_before_the_attempt(
    fake: Server, connection: Connection, now: datetime
) -> None:
    sent = mastodon.send(connection, MESSAGE, key="k", at=now)
    for number in range(85):
        fake.world.publish("altavoz", f"{number} https://else.example/", None, "public", "")
    assert mastodon.find(connection, MESSAGE, since=now, at=now) == sent
    absent = Message(text="", link="https://else.example/absent", language="")
    assert mastodon.find(connection, absent, since=now, at=now) == Missing()
    old = (now - timedelta(hours=2)).isoformat()
    for status in fake.world.statuses:
        status.created_at = old
    assert mastodon.find(connection, absent, since=now, at=now) == Missing()


def test_find_gives_up_rather_than_claim(fake: Server, connection: Connection, now: datetime) -> None:
    for number in range(1001):
        fake.world.publish("altavoz", str(number), None, "public", "")
    unknown = Unknown(why=Trouble.BROKEN, detail="too many statuses to look through")
    assert mastodon.find(connection, MESSAGE, since=now, at=now) == unknown


def _send(fake: Server, connection: Connection, fault: Fault, now: datetime) -> object:
    fake.world.faults.append(fault)
    return mastodon.send(connection, MESSAGE, key="k", at=now)


@pytest.mark.parametrize(
    ("kind", "outcome", "there"),
    [
        ("accept_then_500", Unknown(why=Trouble.BROKEN, detail="500 Fault: accept_then_500"), 1),
        ("error", Unknown(why=Trouble.BROKEN, detail="503 Fault: error"), 0),
        ("unauthorized", Failed(why=Trouble.AUTH, detail="401 Fault: unauthorized"), 0),
        ("reject", Failed(why=Trouble.REFUSED, detail="422 Fault: reject"), 0),
    ],
)
def test_answers_and_what_they_mean(
    fake: Server, connection: Connection, now: datetime, kind: str, outcome: object, there: int
) -> None:
    assert _send(fake, connection, Fault(kind), now) == outcome
    assert len(fake.world.statuses) == there


@pytest.mark.parametrize(("kind", "there"), [("drop", 0), ("accept_then_drop", 1)])
def test_a_broken_connection_says_nothing(
    fake: Server, connection: Connection, now: datetime, kind: str, there: int
) -> None:
    outcome = _send(fake, connection, Fault(kind), now)
    assert isinstance(outcome, Unknown)
    assert outcome.why == Trouble.CUT_OFF
    assert len(fake.world.statuses) == there


def test_a_timeout_says_nothing(
    fake: Server, connection: Connection, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "_TIMEOUT_S", 0.2)
    outcome = _send(fake, connection, Fault("accept_then_timeout", seconds=1), now)
    assert isinstance(outcome, Unknown)
    assert outcome.why == Trouble.TIMEOUT
    assert len(fake.world.statuses) == 1


def test_too_fast_waits_as_long_as_the_server_wants(
    fake: Server, connection: Connection, now: datetime
) -> None:
    outcome = _send(fake, connection, Fault("rate_limit", seconds=120), now)
    assert isinstance(outcome, Failed)
    assert outcome.why == Trouble.TOO_FAST
    assert outcome.retry_at is not None
    assert timedelta(seconds=115) < outcome.retry_at - now < timedelta(seconds=125)
    assert not outcome.permanent


def test_a_wrong_token_and_a_wrong_address(fake: Server, connection: Connection, now: datetime) -> None:
    stranger = Connection(address=fake.address, credentials={"token": "?"}, options=connection.options)
    auth = Failed(why=Trouble.AUTH, detail="401 The access token is invalid")
    assert mastodon.probe(stranger, at=now) == auth
    assert mastodon.find(stranger, MESSAGE, since=now, at=now) == auth
    assert mastodon.withdraw(stranger, remote_id="1", at=now) == auth
    private = Connection(address="http://127.0.0.1:9", credentials={"token": "?"})
    outcome = mastodon.probe(private, at=now)
    assert isinstance(outcome, Failed)
    assert outcome.why == Trouble.NOT_A_SERVER


def test_a_server_that_is_down_surely_has_nothing(
    fake: Server, connection: Connection, now: datetime
) -> None:
    fake.shutdown()
    fake.server_close()
    assert isinstance(mastodon.send(connection, MESSAGE, key="k", at=now), Failed)


def test_a_name_that_nobody_has(connection: Connection, now: datetime) -> None:
    nowhere = Connection(address="https://nowhere.invalid", credentials=connection.credentials)
    outcome = mastodon.probe(nowhere, at=now)
    assert isinstance(outcome, Failed)
    assert (outcome.why, outcome.retry_at) == (Trouble.UNREACHABLE, now + timedelta(minutes=5))


# A server that is not what it should be


@pytest.fixture
def odd(httpserver: HTTPServer, settings: Settings) -> Connection:
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    address = f"http://127.0.0.1:{httpserver.port}"
    return Connection(address=address, credentials={"token": "x"}, options={"account_id": "1"})


def _answers(server: HTTPServer, path: str, body: str, status: int = 200, **headers: str) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    server.expect_request(path).respond_with_data(body, status=status, headers=named)


def test_an_answer_without_an_id_is_unknown(httpserver: HTTPServer, odd: Connection, now: datetime) -> None:
    _answers(httpserver, "/api/v1/statuses", '{"ok": true}')
    outcome = Unknown(why=Trouble.BROKEN, detail="an answer without an id")
    assert mastodon.send(odd, MESSAGE, key="k", at=now) == outcome


def test_an_answer_that_is_not_json_is_unknown(
    httpserver: HTTPServer, odd: Connection, now: datetime
) -> None:
    _answers(httpserver, "/api/v1/statuses", "<html>")
    assert mastodon.send(odd, MESSAGE, key="k", at=now) == Unknown(why=Trouble.BROKEN, detail="200")


def test_a_server_that_gave_up_waiting_is_unknown(
    httpserver: HTTPServer, odd: Connection, now: datetime
) -> None:
    _answers(httpserver, "/api/v1/statuses", "[]", 408)
    assert mastodon.send(odd, MESSAGE, key="k", at=now) == Unknown(why=Trouble.BROKEN, detail="408")


def test_a_redirect_is_not_followed_with_our_token(
    httpserver: HTTPServer, odd: Connection, now: datetime
) -> None:
    _answers(httpserver, "/api/v1/statuses", "", 302, Location="https://elsewhere.example/")
    outcome = mastodon.send(odd, MESSAGE, key="k", at=now)
    assert isinstance(outcome, Failed)
    assert outcome.why == Trouble.NOT_A_SERVER


def test_no_mastodon_at_all(httpserver: HTTPServer, odd: Connection, now: datetime) -> None:
    nothing = Failed(why=Trouble.NOT_A_SERVER)
    _answers(httpserver, "/api/v1/accounts/verify_credentials", "{}")
    _answers(httpserver, "/api/v1/accounts/1/statuses", "gone", 404)
    assert mastodon.probe(odd, at=now) == nothing
    assert mastodon.find(odd, MESSAGE, since=now, at=now) == nothing


@pytest.mark.parametrize(
    "listed", ['{"a": 1}', '[{"id": "1"}]', '[{"id": "1", "content": "", "created_at": "2026-01-01T00:00"}]']
)
def test_a_list_we_cannot_read_was_not_looked_through(
    httpserver: HTTPServer, odd: Connection, now: datetime, listed: str
) -> None:
    _answers(httpserver, "/api/v1/accounts/1/statuses", listed)
    unread = Unknown(why=Trouble.BROKEN, detail="not a list of statuses")
    assert mastodon.find(odd, MESSAGE, since=now, at=now) == unread


@pytest.mark.parametrize("instance", ["{}", '{"configuration": {"statuses": {"max_characters": "many"}}}'])
def test_a_server_that_does_not_tell_its_limits_has_the_usual_ones(
    httpserver: HTTPServer, odd: Connection, now: datetime, instance: str
) -> None:
    _answers(httpserver, "/api/v1/accounts/verify_credentials", '{"id": 7, "username": "ana"}')
    _answers(httpserver, "/api/v2/instance", instance)
    assert mastodon.probe(odd, at=now) == Probe(
        handle=f"@ana@127.0.0.1:{httpserver.port}", options={"account_id": "7"}, limits=Limits()
    )


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"Retry_After": "90"}, 90),
        ({"Retry_After": "0"}, 1),
        ({"Retry_After": "999999999999"}, 24 * 3600),
        ({"Retry_After": "Sat, 14 Mar 2026 16:00:00 GMT"}, 1800),
        ({"X_RateLimit_Reset": "2026-03-14T15:31:00"}, 60),
        ({}, 300),
    ],
)
def test_when_to_come_back(
    httpserver: HTTPServer, odd: Connection, headers: dict[str, str], wait_s: int
) -> None:
    at = datetime(2026, 3, 14, 15, 30, tzinfo=UTC)
    _answers(httpserver, "/api/v1/statuses", "{}", 429, **headers)
    assert mastodon.send(odd, MESSAGE, key="k", at=at) == Failed(
        why=Trouble.TOO_FAST, retry_at=at + timedelta(seconds=wait_s), detail="429"
    )
