"""What an address is: asked of the address and of the documents there, shown before anything is saved."""

import asyncio
from collections.abc import Sequence

from altavoz.core.fetch import Failure, Reason, Request, Response, fetch_many
from altavoz.ingest import addresses
from altavoz.ingest.discovery import pages, youtube
from altavoz.ingest.discovery.values import SHOWN, Alternative, Ask, Found, NotFound, Preview, Step
from altavoz.ingest.discovery.words import not_found

__all__ = ["SHOWN", "Alternative", "Found", "NotFound", "Preview", "begin", "discover", "follow"]

#: A site that needs more than this is leading us around.
_MOST_STEPS = 6
_FEED_SCHEMES = ("feed:https://", "feed:http://", "feed://", "podcast://", "itpc://", "pcast://")


def discover(address: str) -> Found | NotFound:
    """Return what is at the address, or in words why nothing is; asks the network, saves nothing, never raises."""
    return follow(begin(address), address)


def follow(step: Step, address: str) -> Found | NotFound:
    """Go on from a step until something is known."""
    for _ in range(_MOST_STEPS):
        if not isinstance(step, Ask):
            return step
        step = step.then(asyncio.run(_answers(step.requests)))
    return step if not isinstance(step, Ask) else not_found("too_many_steps", address)


def begin(address: str) -> Step:
    """Return the first step for what a person pasted; pure."""
    pasted = address.strip().strip("<>\"'")
    if not pasted:
        return not_found("empty", address)
    url, assumed = _complete(pasted)
    if not addresses.canonical(url):
        return not_found("not_an_address", address)
    return youtube.begin(url) if addresses.is_youtube(url) else pages.begin(url, assumed_https=assumed)


def _complete(pasted: str) -> tuple[str, bool]:
    """Return a whole address, and whether we only assumed that the site is secure."""
    for scheme in _FEED_SCHEMES:
        if pasted.lower().startswith(scheme):
            inner = scheme.removeprefix("feed:") if scheme.startswith("feed:http") else "https://"
            return inner + pasted[len(scheme) :], inner == "https://"
    if "://" in pasted:
        return pasted, False
    host = pasted.split("/", 1)[0].split(":", 1)[0]
    looks_right = "." in host.strip(".") and "@" not in host and " " not in host
    return (f"https://{pasted}", True) if looks_right else ("", False)


async def _answers(requests: Sequence[Request]) -> list[Response | Failure]:
    found: list[Response | Failure] = [Failure(each.url, Reason.PROTOCOL, "never asked") for each in requests]
    async for index, answer in fetch_many(requests):
        found[index] = answer
    return found
