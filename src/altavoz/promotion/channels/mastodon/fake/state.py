"""What the imitation remembers, and the rules it keeps: idempotency, limits, pace."""

import json
import threading
import time
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import regex

#: Documented figures of the real server.
IDEMPOTENCY_S = 3600
REQUESTS, REQUESTS_S = 300, 300
DELETES, DELETES_S = 30, 1800
CHARACTERS, LINK = 500, 23

_LINK = regex.compile(r"https?://[^\s\u2066-\u2069]+")
_REMOTE = regex.compile(r"(@\w+)@[\w.-]+")


class RefusedError(Exception):
    """The server says no: a status code and its words."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


@dataclass
class Status:
    """One published status; `key` is kept for the tests and never shown."""

    id: str
    account: str
    text: str
    language: str | None
    visibility: str
    created_at: str
    key: str = ""
    edited_at: str | None = None


@dataclass
class Fault:
    """Something to go wrong: `kind` at the next `times` requests of that method and path."""

    kind: str
    method: str = "POST"
    path: str = "/api/v1/statuses"
    times: int = 1
    seconds: float = 30


@dataclass
class World:
    """Everything there is; one lock around it, as one database would have."""

    accounts: dict[str, str]  # token → name
    file: Path | None = None
    requests: int = REQUESTS
    statuses: list[Status] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    created: int = 0
    deleted: int = 0
    ahead_s: float = 0  # how far our clock is ahead
    lock: threading.RLock = field(default_factory=threading.RLock)
    _keys: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)
    _paces: defaultdict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Take up what an earlier run left in the file."""
        if self.file and self.file.exists():
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            self.statuses = [Status(**status) for status in kept["statuses"]]
            self.created, self.deleted = kept["created"], kept["deleted"]

    def now(self) -> float:
        """Return the time by our clock."""
        return time.time() + self.ahead_s

    def moment(self) -> str:
        """Return the time as the API writes it."""
        now = datetime.fromtimestamp(self.now(), UTC)
        return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def account(self, token: str) -> str:
        """Return whose token this is; refuse an unknown or revoked one."""
        name = self.accounts.get(token)
        if name is None or name in self.revoked:
            raise RefusedError(401, "The access token is invalid")
        return name

    def spend(self, account: str, what: str) -> tuple[int, int, float]:
        """Count a request; return limit, what remains, and when it resets. Refuse what is beyond it."""
        limit, window = (DELETES, DELETES_S) if what == "delete" else (self.requests, REQUESTS_S)
        now = self.now()
        pace = self._paces[account, what]
        pace[:] = [moment for moment in pace if moment > now - window]
        if len(pace) >= limit:
            raise RefusedError(429, "Too many requests")
        pace.append(now)
        return limit, limit - len(pace), pace[0] + window

    def publish(self, account: str, text: str, language: str | None, visibility: str, key: str) -> Status:
        """Publish, or return what the same key published within the hour."""
        with self.lock:
            if key and (earlier := self._earlier(account, key)):
                return earlier
            self._check(text)
            self.created += 1
            status = Status(
                str(110_000_000 + self.created), account, text, language, visibility, self.moment(), key
            )
            self.statuses.append(status)
            self._keys[account, key] = (status.id, self.now())
            self._keep()
            return status

    def edit(self, account: str, status_id: str, text: str, language: str | None) -> Status:
        """Replace the text of one's own status."""
        with self.lock:
            status = self.own(account, status_id)
            self._check(text)
            status.text, status.language, status.edited_at = text, language or status.language, self.moment()
            self._keep()
            return status

    def delete(self, account: str, status_id: str) -> Status:
        """Take one's own status away."""
        with self.lock:
            status = self.own(account, status_id)
            self.statuses.remove(status)
            self.deleted += 1
            self._keep()
            return status

    def own(self, account: str, status_id: str) -> Status:
        """Return one's own status."""
        for status in self.statuses:
            if (status.account, status.id) == (account, status_id):
                return status
        raise RefusedError(404, "Record not found")

    def timeline(self, account: str = "", max_id: str = "", limit: int = 40) -> list[Status]:
        """Return statuses, newest first."""
        with self.lock:
            found = [
                status
                for status in reversed(self.statuses)
                if account in {"", status.account} and (not max_id or int(status.id) < int(max_id))
            ]
        return found[:limit]

    def fault(self, method: str, path: str) -> Fault | None:
        """Return what is to go wrong with this request, and use it up."""
        with self.lock:
            for fault in self.faults:
                if fault.times > 0 and fault.method == method and path.startswith(fault.path):
                    fault.times -= 1
                    return fault
        return None

    def snapshot(self) -> dict[str, object]:
        """Return everything a test wants to compare."""
        with self.lock:
            return {
                "statuses": [asdict(status) for status in self.statuses],
                "created": self.created,
                "deleted": self.deleted,
                "faults": [asdict(fault) for fault in self.faults if fault.times > 0],
            }

    def _earlier(self, account: str, key: str) -> Status | None:
        status_id, when = self._keys.get((account, key), ("", 0.0))
        if when < self.now() - IDEMPOTENCY_S:
            return None
        return next((status for status in self.statuses if status.id == status_id), None)

    def _check(self, text: str) -> None:
        if not text.strip():
            raise RefusedError(422, "Validation failed: Text can't be blank")
        if count(text) > CHARACTERS:
            raise RefusedError(422, f"Validation failed: Text character limit of {CHARACTERS} exceeded")

    def _keep(self) -> None:
        if self.file:
            fresh = self.file.with_suffix(".new")
            fresh.write_text(json.dumps(self.snapshot(), ensure_ascii=False), encoding="utf-8")
            fresh.replace(self.file)


def count(text: str) -> int:
    """Count as the real server documents it: graphemes, a link as 23, of @user@host only @user."""
    return len(regex.findall(r"\X", _REMOTE.sub(r"\1", _LINK.sub("x" * LINK, text))))
