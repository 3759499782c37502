"""What the client brings back from ordinary and odd servers."""

import asyncio
import dataclasses
import socket
import struct
from collections.abc import Sequence

import pytest
from pytest_django.fixtures import Settings

from altavoz.core.fetch import AddressPolicy, Client, Failure, Reason, Request, Response, fetch
from altavoz.core.fetch.resolving import SystemResolver
from altavoz.core.tests.fetch.servers import (
    Asked,
    Names,
    allowing,
    ask,
    asked_of,
    body_of,
    failed,
    run,
    says,
    sends,
    serving,
)


def test_an_answer_is_brought_back_whole(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://altavoz.example"

    async def scene() -> tuple[Response | Failure, list[Asked], int]:
        async with serving(
            says(b"hola", "404 Gone", "ETag: x", "Link: <a>", "Link: <b>", "Set-Cookie: a=1")
        ) as server:
            request = Request(server.url("/feed?x=1#y"), headers={"If-None-Match": "w"})
            return await ask(request, allowing(server)), server.asked, server.port

    response, asked, port = run(scene())
    assert isinstance(response, Response)
    assert dataclasses.replace(response, headers={}, elapsed_s=0) == Response(
        f"http://127.0.0.1:{port}/feed?x=1", 404, {}, b"hola", (), 0
    )
    assert dict(response.headers) == {
        "Content-Length": "4",
        "ETag": "x",
        "Link": "<a>, <b>",
        "Set-Cookie": "a=1",
    }
    assert response.headers["etag"] == "x"
    assert 0 < response.elapsed_s < 5
    assert asked == [
        Asked(
            "GET",
            "/feed?x=1",
            {
                "Host": f"127.0.0.1:{port}",
                "User-Agent": "Altavoz/1 (+https://altavoz.example/)",
                "Accept-Encoding": "gzip, deflate",
                "If-None-Match": "w",
                "Accept": "*/*",
            },
            b"",
        )
    ]


def test_a_body_is_sent() -> None:
    async def scene() -> list[tuple[str, bytes]]:
        async with serving(says()) as server:
            await ask(Request(server.url(), method="post", body=b"secret"), allowing(server))
            return [(asked.method, asked.body) for asked in server.asked]

    assert run(scene()) == [("POST", b"secret")]


def test_cookies_are_never_sent_back_and_the_connection_is_kept() -> None:
    async def scene() -> tuple[list[str | None], int]:
        async with (
            serving(says(b"", "200 OK", "Set-Cookie: a=1; Path=/")) as server,
            Client(allowing(server)) as client,
        ):
            await client.fetch(Request(server.url("/1")))
            await client.fetch(Request(server.url("/2")))
            return [asked.headers.get("Cookie") for asked in server.asked], server.connections

    assert run(scene()) == ([None, None], 1)


def test_the_host_header_keeps_the_name() -> None:
    async def scene() -> list[str]:
        async with serving(says()) as server:
            await ask(server.url(host="blog.test"), allowing(server), Names(blog_test=[["127.0.0.1"]]))
            return [asked.headers["Host"].partition(":")[0] for asked in server.asked]

    assert run(scene()) == ["blog.test"]


@pytest.mark.parametrize("proxy", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_proxies_of_the_environment_are_not_used(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(proxy, "http://127.0.0.1:1/")
    assert body_of(run(asked_of(says(b"direct")))) == b"direct"


def test_sync_fetch_obeys_the_settings(settings: Settings) -> None:
    settings.ALTAVOZ_FETCH_ALLOW = []
    assert fetch(Request("http://127.0.0.1/")) == Failure(
        "http://127.0.0.1/", Reason.REFUSED_ADDRESS, "http://127.0.0.1"
    )


def test_names_are_looked_up_by_the_system() -> None:
    async def scene() -> Response | Failure:
        async with serving(says(b"here")) as server:
            policy = AddressPolicy.of([f"127.0.0.0/8:{server.port}", f"::1/128:{server.port}"])
            return await ask(server.url(host="localhost"), policy, SystemResolver())

    assert body_of(run(scene())) == b"here"


def test_a_head_request_has_no_body() -> None:
    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nContent-Encoding: gzip\r\n\r\n")

    assert body_of(run(asked_of(answer, method="HEAD", max_bytes=10))) == b""


def test_not_modified_is_an_answer() -> None:
    response = run(asked_of(sends(b"HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\n\r\n")))
    assert isinstance(response, Response)
    assert (response.status, response.body) == (304, b"")


def test_headers_in_any_encoding_are_text_that_can_be_stored() -> None:
    raw = (
        "HTTP/1.1 200 OK\r\nX-Utf8: ñandú\r\n".encode() + b"X-Latin: \xf1and\xfa\r\nContent-Length: 0\r\n\r\n"
    )
    response = run(asked_of(sends(raw)))
    assert isinstance(response, Response)
    assert dict(response.headers) == {"X-Utf8": "ñandú", "X-Latin": "ñandú", "Content-Length": "0"}


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "protocol"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "protocol"),
        (b"", "hung_up"),
        (b"HTTP/1.1 200 OK\r\n", "hung_up"),
    ],
)
def test_broken_answers(raw: bytes, reason: str) -> None:
    assert failed(run(asked_of(sends(raw)))) == reason


def test_a_connection_torn_down_is_a_hang_up() -> None:
    async def reset(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        linger = struct.pack("ii", 1, 0)  # closing sends a reset
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    assert failed(run(asked_of(reset))) == "hung_up"


def test_more_body_than_announced_is_refused() -> None:
    assert failed(run(asked_of(says(b"abcdef", length=3, hang_up=True)))) == "protocol"


@pytest.mark.parametrize(
    "headers",
    [b"X-%d: 1\r\n" * 101, b"X: " + b"a" * 9000 + b"\r\n", b"a" * 9000 + b": 1\r\n", b"X: 1\r\n" * 50_000],
    ids=["many", "long value", "long name", "flood"],
)
def test_header_floods_are_refused(headers: bytes) -> None:
    assert failed(run(asked_of(sends(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n")))) == "protocol"


def test_a_body_that_announces_too_much_is_not_read() -> None:
    assert failed(run(asked_of(says(b"a" * 11), max_bytes=10))) == "too_large"


def test_a_body_of_just_the_size_is_read() -> None:
    assert body_of(run(asked_of(says(b"a" * 10), max_bytes=10))) == b"a" * 10


def test_an_endless_body_is_left() -> None:
    async def endless(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"a" * 65536)
            await writer.drain()

    assert failed(run(asked_of(endless, max_bytes=1_000_000))) == "too_large"


@pytest.mark.parametrize(
    "drop", [b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "]
)
def test_a_drop_now_and_then_does_not_keep_us(drop: bytes) -> None:
    async def slow_loris(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(drop)
        while True:
            await asyncio.sleep(0.02)
            writer.write(b"a")
            await writer.drain()

    assert failed(run(asked_of(slow_loris, timeout_s=0.15))) == "timeout"


def test_endless_interim_answers_do_not_keep_us() -> None:
    async def interim(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    assert failed(run(asked_of(interim, timeout_s=0.15))) == "timeout"


def test_a_slow_name_server_does_not_keep_us() -> None:
    class Slow(Names):
        async def addresses(self, host: str) -> Sequence[str]:
            await asyncio.sleep(5)
            return [host]

    assert failed(run(ask(Request("http://a.test/", timeout_s=0.05), AddressPolicy(), Slow()))) == "timeout"


def test_waiting_for_a_slot_does_not_use_up_the_time() -> None:
    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.4)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    async def scene() -> list[bytes]:
        async with serving(answer) as server, Client(allowing(server), per_host=1) as client:
            request = Request(server.url(), timeout_s=1.5)
            return [
                body_of(outcome)
                for outcome in await asyncio.gather(*(client.fetch(request) for _ in range(4)))
            ]

    assert run(scene()) == [b""] * 4


def test_nobody_listens() -> None:
    async def scene() -> Response | Failure:
        async with serving(says()) as server:
            policy, url = allowing(server), server.url()
        return await ask(url, policy)

    assert failed(run(scene())) == "connect"


def test_what_nobody_foresaw_is_a_failure_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Names):
        async def addresses(self, host: str) -> Sequence[str]:
            raise RuntimeError(host)

    outcome = run(ask("http://a.test/", AddressPolicy(), Broken()))
    assert outcome == Failure("http://a.test/", Reason.PROTOCOL, "RuntimeError: a.test")
    assert [record.getMessage() for record in caplog.records if record.name.startswith("altavoz")] == [
        "Fetching http://a.test/ failed in an unknown way"
    ]


def test_header_injection_by_a_caller_is_a_failure() -> None:
    assert failed(run(asked_of(says(), headers={"X": "a\r\nHost: b"}))) == "protocol"
