"""Small servers written by hand, which answer whatever bytes a test wants, and resolvers that lie."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from altavoz.core.fetch import AddressPolicy, Client, Failure, Request, Resolver, Response

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    port: int = 0
    host: str = "127.0.0.1"
    scheme: str = "http"
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    names: list[str] = field(default_factory=list)

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


async def read_request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("Content-Length", 0))))


@asynccontextmanager
async def serving(
    answer: Answer, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    """Yield a server that reads requests and lets `answer` write what it wants, until either side hangs up."""
    served = Server(host=host, scheme="https" if tls else "http")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.connections += 1
        try:
            while not writer.is_closing():
                asked = await read_request(reader)
                served.asked.append(asked)
                await answer(asked, writer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client hung up, which is its right
        finally:
            writer.close()

    if tls:
        tls.sni_callback = lambda _socket, name, _context: served.names.append(name)
    server = await asyncio.start_server(talk, host, port, ssl=tls)
    served.port = server.sockets[0].getsockname()[1]
    try:
        yield served
    finally:
        server.close()
        await asyncio.sleep(0)


def says(
    body: bytes = b"ok",
    status: str = "200 OK",
    *headers: str,
    length: int | None = None,
    hang_up: bool = False,
) -> Answer:
    """Return an answer of these parts, told with a Content-Length."""

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        if hang_up:
            writer.close()
        await asyncio.sleep(0)

    return answer


def sends(raw: bytes) -> Answer:
    """Return an answer of exactly these bytes, after which the server hangs up."""

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        writer.close()
        await asyncio.sleep(0)

    return answer


def routes(**answers: Answer) -> Answer:
    """Return an answer that differs by path: `routes(a=..., b=...)` serves /a and /b."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await answers[asked.path.strip("/").partition("?")[0]](asked, writer)

    return answer


def moves(location: str, status: int = 302) -> Answer:
    return says(b"moved", f"{status} Moved", f"Location: {location}")


class Names:
    """A resolver that knows these names; each look-up of a name takes its next answer, the last one stays."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): [list(a) for a in each] for name, each in answers.items()}
        self.asked: list[str] = []

    async def addresses(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        if host not in self._answers:
            raise OSError(f"no such name {host}")
        answers = self._answers[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


def allowing(*servers: Server) -> AddressPolicy:
    return AddressPolicy.of(f"{server.host}/32:{server.port}" for server in servers)


async def ask(
    request: Request | str, policy: AddressPolicy, resolver: Resolver | None = None, **client: Any
) -> Response | Failure:
    async with Client(policy, resolver or Names(), **client) as guarded:
        return await guarded.fetch(Request(request) if isinstance(request, str) else request)


async def asked_of(answer: Answer, **request: Any) -> Response | Failure:
    """Return what the client makes of one request to a server that answers so."""
    async with serving(answer) as server:
        return await ask(Request(server.url(), **request), allowing(server))


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(coroutine, 20))


def failed(outcome: Response | Failure) -> str:
    """Return the reason of a failure; anything else is shown as it is, to be read in the test's report."""
    return outcome.reason.value if isinstance(outcome, Failure) else repr(outcome)


def body_of(outcome: Response | Failure) -> bytes:
    assert isinstance(outcome, Response), outcome
    return outcome.body
