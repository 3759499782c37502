"""The client itself: one session for many requests, every hop checked, every problem a value."""

import asyncio
import logging
import ssl
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
import yarl
from multidict import CIMultiDict, CIMultiDictProxy

from altavoz.core.fetch import deployment, redirects
from altavoz.core.fetch.addresses import AddressPolicy
from altavoz.core.fetch.failing import failure
from altavoz.core.fetch.messages import Failure, Reason, Redirect, Refused, Request, Response
from altavoz.core.fetch.redirects import Step
from altavoz.core.fetch.resolving import CheckedResolver, GuardedSockets, Resolver, SystemResolver
from altavoz.core.fetch.unpacking import ACCEPTED, unpack
from altavoz.core.fetch.urls import Target

logger = logging.getLogger(__name__)

_MAX_HEADERS = 100
_MAX_HEADER = 8190
_KEPT_ALIVE_S = 5
_ANSWERS_KEPT_S = 30
_NO_OTHER_LIMIT = aiohttp.ClientTimeout(total=None, sock_connect=None, sock_read=None)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: CIMultiDictProxy[str]
    body: bytes


class Client:
    """Fetches within the address policy, over kept connections; at most `per_host` requests a host at a time.

    Use it as `async with Client() as client`. `tls` replaces the trusted certificates of the machine.
    """

    def __init__(
        self,
        policy: AddressPolicy | None = None,
        resolver: Resolver | None = None,
        *,
        per_host: int = 2,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = deployment.policy() if policy is None else policy
        self._resolver = SystemResolver() if resolver is None else resolver
        self._per_host = per_host
        self._tls: ssl.SSLContext | bool = True if tls is None else tls
        self._slots: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=self._connector(),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": deployment.user_agent(), "Accept-Encoding": ACCEPTED},
            timeout=_NO_OTHER_LIMIT,
            trust_env=False,
            auto_decompress=False,
            max_line_size=_MAX_HEADER,
            max_field_size=_MAX_HEADER,
            max_headers=_MAX_HEADERS,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._session.close()

    def _connector(self) -> aiohttp.TCPConnector:
        return aiohttp.TCPConnector(
            resolver=CheckedResolver(self._policy, self._resolver),
            socket_factory=GuardedSockets(self._policy),
            ssl=self._tls,
            limit=0,
            ttl_dns_cache=_ANSWERS_KEPT_S,
            keepalive_timeout=_KEPT_ALIVE_S,
        )

    async def fetch(self, request: Request) -> Response | Failure:
        """Return what the server answered after at most `max_redirects` redirects, or why it did not.

        In order at every hop: the address is checked, a slot of the host awaited, the request sent.
        `timeout_s` is shared by all hops; waiting for a slot does not use it up. Raises nothing: whatever
        a server or the network does becomes a Failure.
        """
        try:
            return await self._follow(request)
        except (Refused, aiohttp.ClientError, OSError) as problem:
            return failure(request.url, problem)
        except Exception as problem:
            # A hostile server must never stop the others; but if the fault is ours, let it be seen.
            logger.exception("Fetching %s failed in an unknown way", request.url)
            return failure(request.url, problem)

    async def _follow(self, request: Request) -> Response:
        step = redirects.first(request)
        trail: list[Redirect] = []
        seen = {(step.method, step.target)}
        spent = 0.0
        while True:
            self._admit(step.target)
            answer, took = await self._within(request.timeout_s - spent, step, request.max_bytes)
            spent += took
            if answer.status not in redirects.STATUSES:
                return Response(
                    step.target.url, answer.status, answer.headers, answer.body, tuple(trail), spent
                )
            step = redirects.after(step, answer.status, answer.headers.get("Location"))
            if len(trail) == request.max_redirects or (step.method, step.target) in seen:
                raise Refused(Reason.TOO_MANY_REDIRECTS, step.target.url)
            seen.add((step.method, step.target))
            trail.append(Redirect(answer.status, step.target.url))

    def _admit(self, target: Target) -> None:
        """Refuse what the address alone shows, before anything is looked up."""
        if not self._policy.knows_port(target.port):
            raise Refused(Reason.REFUSED_PORT, target.origin)
        if target.literal is not None and not self._policy.permits(target.literal, target.port):
            raise Refused(Reason.REFUSED_ADDRESS, target.origin)

    async def _within(self, seconds: float, step: Step, limit: int) -> tuple[_Answer, float]:
        slot = self._slots.setdefault(step.target.host, asyncio.Semaphore(self._per_host))
        async with slot:
            clock = asyncio.get_running_loop().time
            began = clock()
            async with asyncio.timeout(seconds):
                answer = await self._ask(step, limit)
            return answer, clock() - began

    async def _ask(self, step: Step, limit: int) -> _Answer:
        async with self._session.request(
            step.method,
            yarl.URL(step.target.url, encoded=True),
            headers=step.headers,
            data=step.body,
            allow_redirects=False,
        ) as answer:
            headers = _joined(answer.raw_headers)
            body = b"" if answer.status in redirects.STATUSES else await _read(answer, step.method, limit)
        return _Answer(answer.status, headers, unpack(body, headers.get("Content-Encoding", ""), limit))


def _joined(raw: tuple[tuple[bytes, bytes], ...]) -> CIMultiDictProxy[str]:
    headers: CIMultiDict[str] = CIMultiDict()
    for name_bytes, value_bytes in raw:
        name, value = name_bytes.decode("latin-1"), _text(value_bytes)
        before = headers.get(name)
        headers[name] = value if before is None else f"{before}, {value}"
    return CIMultiDictProxy(headers)


def _text(value: bytes) -> str:
    """Headers should be ASCII; many are UTF-8; what is neither is read byte by byte."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


async def _read(answer: aiohttp.ClientResponse, method: str, limit: int) -> bytes:
    if method != "HEAD" and (answer.content_length or 0) > limit:
        raise Refused(Reason.TOO_LARGE, f"{answer.content_length} bytes announced")
    chunks: list[bytes] = []
    left = limit
    async for chunk in answer.content.iter_any():
        left -= len(chunk)
        if left < 0:
            raise Refused(Reason.TOO_LARGE, f"more than {limit} bytes")
        chunks.append(chunk)
    return b"".join(chunks)
