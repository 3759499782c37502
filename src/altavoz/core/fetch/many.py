"""One request, or thousands of them side by side."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing, nullcontext
from dataclasses import replace

from altavoz.core.fetch import urls
from altavoz.core.fetch.client import Client
from altavoz.core.fetch.messages import Failure, Refused, Request, Response

Outcome = tuple[int, Response | Failure]
# Answers waiting for a slow reader are few, so that memory stays flat however many are asked for.
_WAITING = 16


def fetch(request: Request) -> Response | Failure:
    """Return the answer to one request under the policy of the settings; not for use inside an event loop."""
    return asyncio.run(_one(request))


async def _one(request: Request) -> Response | Failure:
    async with Client() as client:
        return await client.fetch(_last(request))


async def fetch_many(
    requests: Iterable[Request], *, per_host: int = 2, total: int = 100, client: Client | None = None
) -> AsyncIterator[tuple[int, Response | Failure]]:
    """Yield (position, answer) for every request, in the order in which the answers come.

    At most `per_host` requests run for one host and `total` altogether; a slow host holds up only itself.
    `client` is used if given, so that its connections and policy are shared; else one is made for the call.
    """
    async with nullcontext(client) if client else Client(per_host=per_host) as used:
        outcomes = _all(used, list(requests), per_host, total)
        async with aclosing(outcomes):  # a reader who leaves early stops the rest at once
            async for outcome in outcomes:
                yield outcome


async def _all(
    client: Client, requests: list[Request], per_host: int, total: int
) -> AsyncGenerator[Outcome, None]:
    outcomes: asyncio.Queue[Outcome] = asyncio.Queue(_WAITING)
    turn = asyncio.Semaphore(total)
    workers = [
        asyncio.create_task(_work(client, line, turn, outcomes))
        for line in _lines(requests)
        for _ in range(min(per_host, len(line)))
    ]
    try:
        for _ in requests:
            yield await outcomes.get()
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


def _lines(requests: list[Request]) -> list[deque[tuple[int, Request]]]:
    """Return the requests queued host by host."""
    lines: defaultdict[str, deque[tuple[int, Request]]] = defaultdict(deque)
    for position, request in enumerate(requests):
        lines[host_of(request.url)].append((position, request))
    return list(lines.values())


def host_of(url: str) -> str:
    """Return the host that limits hold for."""
    try:
        return urls.parse(url).host
    except Refused:
        return ""  # all that will be refused stands in one line: it costs nobody a wait


async def _work(
    client: Client,
    line: deque[tuple[int, Request]],
    turn: asyncio.Semaphore,
    outcomes: asyncio.Queue[Outcome],
) -> None:
    while line:
        async with turn:
            if not line:
                return
            position, request = line.popleft()
            answer = await client.fetch(request if line else _last(request))
            await outcomes.put((position, answer))


def _last(request: Request) -> Request:
    """Nothing more is wanted of this host: its connection need not be kept, or thousands would stay open."""
    return replace(request, headers={**request.headers, "Connection": "close"})
