"""The imitation's HTTP side: routes, tokens, rate-limit headers, and faults."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import regex

from altavoz.promotion.channels.mastodon.fake import pages
from altavoz.promotion.channels.mastodon.fake.state import (
    CHARACTERS,
    LINK,
    Fault,
    RefusedError,
    Status,
    World,
)

_STATUS = regex.compile(r"/api/v1/statuses/(\d+)")
_STATUSES = regex.compile(r"/api/v1/accounts/([^/]+)/statuses")
#: What goes wrong only after the request took effect.
_AFTERWARDS = {"accept_then_timeout", "accept_then_500", "accept_then_drop"}


class Server(ThreadingHTTPServer):
    """Serves one world; each request in its own thread."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, world: World, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.world = world

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextlib.contextmanager
def running(world: World) -> Iterator[Server]:
    """Serve in a thread until the block ends."""
    server = Server(world)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server: Server
    pace: tuple[int, int, float] | None = None

    def do_GET(self) -> None:
        """Answer a GET."""
        self._serve()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  names that http.server looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's own name
        """Stay silent: the demo has one voice."""

    def _serve(self) -> None:
        self.pace = None
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        fault = None if url.path.startswith("/__") else self.server.world.fault(self.command, url.path)
        try:
            if fault and fault.kind not in _AFTERWARDS:
                self._fail(fault)
            else:
                self._reply(url.path, url.query, body, fault)
        except RefusedError as refusal:
            self._json(refusal.status, {"error": refusal.error})
        except _DroppedError:
            self.close_connection = True

    def _reply(self, path: str, query: str, body: bytes, fault: Fault | None) -> None:
        status, answer = self._route(path, query, body)
        if fault:
            self._fail(fault)
        if isinstance(answer, str):
            self._write(status, answer.encode(), "text/html; charset=utf-8")
        else:
            self._json(status, answer)

    def _fail(self, fault: Fault) -> None:
        """Go wrong as told; returns only where a page may still be answered."""
        if fault.kind in {"accept_then_timeout", "timeout"}:
            time.sleep(fault.seconds)
            raise _DroppedError
        if fault.kind in {"accept_then_drop", "drop"}:
            raise _DroppedError
        codes = {"accept_then_500": 500, "error": 503, "rate_limit": 429, "unauthorized": 401, "reject": 422}
        if fault.kind == "rate_limit":
            self.pace = (300, 0, self.server.world.now() + fault.seconds)
        raise RefusedError(codes[fault.kind], f"Fault: {fault.kind}")

    def _route(self, path: str, query: str, body: bytes) -> tuple[int, object]:
        if path.startswith("/__"):
            return 200, self._control(path, body)
        if path == "/api/v2/instance":
            return 200, _instance(self.server.address)
        if path.startswith("/api/"):
            return 200, self._api(path, query, body)
        return 200, self._page(path)

    def _control(self, path: str, body: bytes) -> object:
        world = self.server.world
        if (self.command, path) == ("POST", "/__faults"):
            asked = json.loads(body)
            world.faults += [Fault(**fault) for fault in (asked if isinstance(asked, list) else [asked])]
        elif (self.command, path) == ("DELETE", "/__faults"):
            world.faults.clear()
        elif (self.command, path) != ("GET", "/__state"):
            raise RefusedError(404, "Not found")
        return world.snapshot()

    def _page(self, path: str) -> str:
        name, _, status_id = path.strip("/").removeprefix("@").partition("/")
        found = self.server.world.timeline(name, limit=200)
        return pages.timeline(status for status in found if status_id in {"", status.id})

    def _api(self, path: str, query: str, body: bytes) -> object:
        world = self.server.world
        account = world.account(self.headers.get("Authorization", "").removeprefix("Bearer "))
        self.pace = world.spend(account, "delete" if self.command == "DELETE" else "request")
        if path == "/api/v1/accounts/verify_credentials":
            return {"id": id_of(account), "username": account, "acct": account, "url": self._url(account)}
        if (self.command, path) == ("POST", "/api/v1/statuses"):
            return self._publish(account, self._fields(body))
        if match := _STATUSES.fullmatch(path):
            return self._list(match[1], parse_qs(query))
        if match := _STATUS.fullmatch(path):
            return self._one(account, match[1], body)
        raise RefusedError(404, "Record not found")

    def _publish(self, account: str, fields: dict[str, str]) -> object:
        status = self.server.world.publish(
            account,
            fields.get("status", ""),
            fields.get("language"),
            fields.get("visibility", "public"),
            self.headers.get("Idempotency-Key", ""),
        )
        return self._shown(status)

    def _list(self, account_id: str, query: dict[str, list[str]]) -> object:
        world = self.server.world
        name = next((name for name in world.accounts.values() if id_of(name) == account_id), "\0")
        limit = min(int(query.get("limit", ["20"])[0]), 40)
        return [self._shown(s) for s in world.timeline(name, query.get("max_id", [""])[0], limit)]

    def _one(self, account: str, status_id: str, body: bytes) -> object:
        world = self.server.world
        does: dict[str, Callable[[], Status]] = {
            "DELETE": lambda: world.delete(account, status_id),
            "GET": lambda: world.own(account, status_id),
            "PUT": lambda: self._edit(account, status_id, self._fields(body)),
        }
        return self._shown(does[self.command]())

    def _edit(self, account: str, status_id: str, fields: dict[str, str]) -> Status:
        return self.server.world.edit(account, status_id, fields.get("status", ""), fields.get("language"))

    def _fields(self, body: bytes) -> dict[str, str]:
        if "json" in self.headers.get("Content-Type", ""):
            return dict(json.loads(body or b"{}"))
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}

    def _shown(self, status: Status) -> dict[str, object]:
        return {
            "id": status.id,
            "created_at": status.created_at,
            "edited_at": status.edited_at,
            "visibility": status.visibility,
            "language": status.language,
            "uri": f"{self._url(status.account)}/{status.id}",
            "url": f"{self._url(status.account)}/{status.id}",
            "content": pages.content(status.text),
            "account": {"id": id_of(status.account), "username": status.account},
            "card": None,
        }

    def _url(self, account: str) -> str:
        return f"{self.server.address}/@{account}"

    def _json(self, status: int, answer: object) -> None:
        self._write(
            status, json.dumps(answer, ensure_ascii=False).encode(), "application/json; charset=utf-8"
        )

    def _write(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        if self.pace:
            limit, remaining, reset = self.pace
            self.send_header("X-RateLimit-Limit", str(limit))
            self.send_header("X-RateLimit-Remaining", str(remaining))
            self.send_header("X-RateLimit-Reset", datetime.fromtimestamp(reset, UTC).isoformat())
        self.end_headers()
        self.wfile.write(body)


class _DroppedError(Exception):
    """The connection ends without an answer."""


def id_of(account: str) -> str:
    """Return the account's id, made of its name."""
    return str(109_000_000 + sum(ord(letter) * 31**index for index, letter in enumerate(account)) % 900_000)


def _instance(address: str) -> dict[str, object]:
    return {
        "domain": urlsplit(address).netloc,
        "title": "Imitation of a social network",
        "version": "4.3.0",
        "configuration": {
            "statuses": {"max_characters": CHARACTERS, "characters_reserved_per_url": LINK},
        },
    }
