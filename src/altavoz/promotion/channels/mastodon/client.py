"""One question to a Mastodon server, and what its answer means: done, surely not done, or unknown."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from altavoz.core.fetch import Failure, Reason, Request, Response, fetch
from altavoz.promotion.channels.contract import Connection, Failed, Trouble, Unknown

#: What a server may answer: anything.
Json = Any
#: Before a connection stands nothing can have been published. Everything else may have been.
_NOT_CONNECTED = {Reason.DNS, Reason.CONNECT, Reason.TLS}
_WRONG_ADDRESS = {Reason.BAD_URL, Reason.REFUSED_ADDRESS, Reason.REFUSED_PORT}
_REDIRECTED = {Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT, Reason.INSECURE_REDIRECT}
_BROKE_OFF = {
    Reason.TIMEOUT: Trouble.TIMEOUT,
    Reason.HUNG_UP: Trouble.CUT_OFF,
    Reason.TRUNCATED: Trouble.CUT_OFF,
}
#: What to wait where a server does not say, and the longest and shortest we believe it.
_PAUSE = timedelta(minutes=5)
_LONGEST, _SHORTEST = timedelta(hours=24), timedelta(seconds=1)
_TIMEOUT_S = 20


@dataclass(frozen=True)
class Answer:
    """A success: what the server said, parsed."""

    body: Json


@dataclass(frozen=True)
class NotThere:
    """The server knows no such thing."""


def ask(
    connection: Connection,
    method: str,
    path: str,
    *,
    at: datetime,
    body: Mapping[str, str] | None = None,
    key: str = "",
) -> Answer | NotThere | Failed | Unknown:
    """Ask once. Only an answer that says so, or no connection at all, counts as surely not done."""
    headers = {"Authorization": f"Bearer {connection.credentials['token']}", "Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    if key:
        headers["Idempotency-Key"] = key
    answer = fetch(
        Request(
            url=f"{connection.address}{path}",
            method=method,
            headers=headers,
            body=None if body is None else json.dumps(body).encode(),
            timeout_s=_TIMEOUT_S,
            max_redirects=0,
        )
    )
    return _no_answer(answer, at) if isinstance(answer, Failure) else _answer(answer, at)


def _no_answer(failure: Failure, at: datetime) -> Failed | Unknown:
    if failure.reason in _WRONG_ADDRESS | _REDIRECTED:
        return Failed(why=Trouble.NOT_A_SERVER, detail=failure.detail)
    if failure.reason in _NOT_CONNECTED:
        return Failed(why=Trouble.UNREACHABLE, retry_at=at + _PAUSE, detail=failure.detail)
    return Unknown(why=_BROKE_OFF.get(failure.reason, Trouble.BROKEN), detail=failure.detail)


def _answer(response: Response, at: datetime) -> Answer | NotThere | Failed | Unknown:
    status, body = response.status, _parsed(response.body)
    detail = f"{status} {_error(body)}".strip()
    if status in {404, 410}:
        return NotThere()
    if 400 <= status < 500 and status != 408:  # noqa: PLR2004  408: the server gave up waiting, who knows where
        return _refusal(status, response.headers, detail, at)
    if 200 <= status < 300 and body is not None:  # noqa: PLR2004  success as HTTP numbers it
        return Answer(body)
    return Unknown(why=Trouble.BROKEN, detail=detail)


def _refusal(status: int, headers: Mapping[str, str], detail: str, at: datetime) -> Failed:
    if status == 429:  # noqa: PLR2004  too many requests
        return Failed(why=Trouble.TOO_FAST, retry_at=_retry_at(headers, at), detail=detail)
    why = Trouble.AUTH if status in {401, 403} else Trouble.REFUSED
    return Failed(why=why, detail=detail)


def _parsed(body: bytes) -> Json:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _error(body: Json) -> str:
    return str(body.get("error", ""))[:200] if isinstance(body, dict) else ""


def _retry_at(headers: Mapping[str, str], at: datetime) -> datetime:
    """Return when the server wants to be asked again: Retry-After (seconds or a date), else when its limit resets."""
    wanted = _after(headers.get("Retry-After", ""), at) or _moment(headers.get("X-RateLimit-Reset", ""))
    return min(max(wanted or at + _PAUSE, at + _SHORTEST), at + _LONGEST)


def _after(text: str, at: datetime) -> datetime | None:
    if text.isdecimal():
        return at + min(timedelta(seconds=int(text[:9])), _LONGEST)
    try:
        return _aware(parsedate_to_datetime(text))
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        return None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
