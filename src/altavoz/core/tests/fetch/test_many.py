"""Many requests at once: polite to each host, and nobody waits for a slow one."""

import asyncio
import time
from collections import Counter
from typing import Any

from pytest_django.fixtures import Settings

from altavoz.core.fetch import AddressPolicy, Client, Request, fetch_many
from altavoz.core.tests.fetch.servers import (
    Asked,
    Names,
    Server,
    allowing,
    body_of,
    failed,
    run,
    says,
    serving,
)


class Busy:
    """Answers after a moment and remembers how many were in the room at once."""

    def __init__(self) -> None:
        self.now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        host = asked.headers["Host"].partition(":")[0]
        for who in (host, "all"):
            self.now[who] += 1
            self.most[who] = max(self.most[who], self.now[who])
        await asyncio.sleep(0.01)
        self.now.subtract([host, "all"])
        await says(asked.path.encode())(asked, writer)


def test_every_request_gets_its_answer_and_its_position() -> None:
    async def scene() -> dict[int, str]:
        async with serving(says(b"fine")) as server, Client(allowing(server), Names()) as client:
            urls = [server.url("/0"), "http://10.0.0.1/", "not an address", server.url("/3"), "also not"]
            return {
                position: body_of(outcome).decode() if position in {0, 3} else failed(outcome)
                async for position, outcome in fetch_many(map(Request, urls), client=client)
            }

    assert run(scene()) == {0: "fine", 1: "refused_address", 2: "bad_url", 3: "fine", 4: "bad_url"}


def _crowd(server: Server) -> list[Request]:
    return [Request(server.url(f"/{number}", host=f"h{number % 4}.test")) for number in range(40)]


def test_limits_a_host_and_altogether() -> None:
    busy = Busy()

    async def scene() -> set[str]:
        names = Names(**{f"h{number}_test": [["127.0.0.1"]] for number in range(4)})
        async with serving(busy) as server, Client(allowing(server), names) as client:
            answers = fetch_many(_crowd(server), per_host=2, total=5, client=client)
            return {body_of(outcome).decode() async for _, outcome in answers}

    assert run(scene()) == {f"/{number}" for number in range(40)}
    assert busy.most == {"h0.test": 2, "h1.test": 2, "h2.test": 2, "h3.test": 2, "all": 5}


def test_a_client_keeps_the_limit_of_a_host_for_redirects_too() -> None:
    busy = Busy()

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.headers["Host"].startswith("h"):
            await says(b"", "302 Found", f"Location: http://one.test:{asked.path[1:]}/x")(asked, writer)
        else:
            await busy(asked, writer)

    async def scene() -> int:
        names = Names(one_test=[["127.0.0.1"]], **{f"h{number}_test": [["127.0.0.1"]] for number in range(9)})
        async with serving(answer) as server, Client(allowing(server), names, per_host=1) as client:
            requests = [Request(server.url(f"/{server.port}", host=f"h{number}.test")) for number in range(9)]
            return len(
                [1 async for _, outcome in fetch_many(requests, client=client) if body_of(outcome) == b"/x"]
            )

    assert run(scene()) == 9
    assert busy.most["one.test"] == 1


def test_a_slow_host_holds_up_only_itself() -> None:
    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.4 if asked.headers["Host"].startswith("slow") else 0)
        await says()(asked, writer)

    async def scene() -> list[int]:
        names = Names(slow_test=[["127.0.0.1"]], quick_test=[["127.0.0.1"]])
        async with serving(answer) as server, Client(allowing(server), names) as client:
            hosts = ["slow.test"] * 2 + ["quick.test"] * 3
            requests = [Request(server.url(host=host)) for host in hosts]
            return [position async for position, _ in fetch_many(requests, client=client)]

    assert sorted(run(scene())[:3]) == [2, 3, 4]


def test_a_reader_who_leaves_early_stops_the_rest() -> None:
    async def scene() -> int:
        async with serving(Busy()) as server, Client(allowing(server)) as client:
            answers = fetch_many([Request(server.url()) for _ in range(500)], client=client)
            async for _ in answers:
                break
            await answers.aclose()  # type: ignore[attr-defined]
            return len(server.asked)

    assert run(scene()) < 10


def test_connections_nobody_needs_any_more_are_closed() -> None:
    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        wish = asked.headers.get("Connection", "keep-alive")
        await says(b"", "200 OK", f"Connection: {wish}", hang_up=wish == "close")(asked, writer)

    async def scene() -> tuple[int, int]:
        async with serving(answer) as server, Client(allowing(server)) as client:
            requests = [Request(server.url()) for _ in range(6)]
            async for _ in fetch_many(requests, per_host=1, client=client):
                pass
            kept = len(client._session.connector._conns)  # type: ignore[union-attr]
            return server.connections, kept

    assert run(scene()) == (1, 0)


def test_without_a_client_the_settings_decide(settings: Settings) -> None:
    async def scene() -> list[tuple[int, str]]:
        async with serving(says(b"allowed")) as server:
            settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{server.port}"]
            requests = [Request(server.url())]
            return [(position, body_of(outcome).decode()) async for position, outcome in fetch_many(requests)]

    assert run(scene()) == [(0, "allowed")]


def test_nothing_asked_nothing_answered() -> None:
    async def scene() -> list[Any]:
        async with Client(AddressPolicy()) as client:
            return [outcome async for outcome in fetch_many([], client=client)]

    assert run(scene()) == []


def test_a_request_is_cheap() -> None:
    """A coarse bound, far above the 0.3 ms it takes, so that only a session per request or its like breaks it."""

    async def scene() -> float:
        async with serving(says(b"x" * 2000)) as server, Client(allowing(server)) as client:
            requests = [Request(server.url()) for _ in range(300)]
            began = time.process_time()
            async for _ in fetch_many(requests, client=client):
                pass
            return (time.process_time() - began) / 300

    assert run(scene()) < 0.004
