"""What a site's robots.txt asks of programs (RFC 9309): pure, forgiving, and with the wildcards that sites use."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

#: So much of a file is read, as the RFC asks; what comes after is as if it were not there.
MOST_BYTES = 500 * 1024
_ANYBODY = "*"


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines that concern one program: (path pattern, allowed), in the order of the file."""

    lines: tuple[tuple[str, bool], ...] = ()

    def allow(self, url: str) -> bool:
        """Tell whether the address may be read: the longest matching line counts, and among equals the kinder."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        matching = [(len(pattern), allowed) for pattern, allowed in self.lines if _matches(pattern, path)]
        return max(matching)[1] if matching else True


def rules_of(body: bytes, agent: str) -> Rules:
    """Return what a robots.txt says to `agent`; to everybody where it does not name it; nothing where it is damaged."""
    text = body[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    mine: list[tuple[str, bool]] = []
    everybodys: list[tuple[str, bool]] = []
    named = False
    for agents, lines in _groups(text):
        if agent.lower() in agents:
            named = True
            mine += lines
        elif _ANYBODY in agents:
            everybodys += lines
    return Rules(tuple(mine if named else everybodys))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, bool]]]]:
    agents: set[str] = set()
    lines: list[tuple[str, bool]] = []
    for key, value in _pairs(text):
        if key == "user-agent":
            if lines:
                yield agents, lines
                agents, lines = set(), []
            agents.add(_name(value))
        elif agents and value:  # an empty "Disallow:" forbids nothing
            lines.append((value, key == "allow"))
    yield agents, lines


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        known = key.strip().lower()
        if colon and known in {"user-agent", "allow", "disallow"}:
            yield known, value.strip()


def _name(value: str) -> str:
    """Return the name of a program without its version."""
    return next(iter(value.partition("/")[0].lower().split()), "")


def _matches(pattern: str, path: str) -> bool:
    """Tell whether a path begins as the pattern says; looked for from left to right, so no pattern takes long."""
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    last = others.pop() if others and pattern.endswith("$") else None
    at = len(first)
    for piece in others:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return at == len(path) or not pattern.endswith("$")
