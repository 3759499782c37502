"""Looking at a pasted address over the network: step by step, told as it goes, within the wishes of robots.txt."""

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.cache import cache
from django.utils import timezone

from altavoz.core.fetch import Failure, Reason, Request, Response, fetch_many
from altavoz.ingest import actions, discovery
from altavoz.ingest.discovery import steps
from altavoz.ingest.discovery.values import Answer, Ask, Found, NotFound, Step
from altavoz.ingest.discovery.words import not_found
from altavoz.ingest.parsing import robots

logger = logging.getLogger(__name__)

_MOST_STEPS = 6
#: Somebody is waiting: a site has so long for one answer, and all of them together so long.
_ANSWER_S = 8.0
_ALL_S = 25.0
_ROBOTS_S = 4.0
_ROBOTS_KEPT_S = 24 * 3600
#: Longer rules (characters) are read again each time, so that nobody fills our memory with theirs.
_ROBOTS_KEPT = 20_000
_AGENT = "altavoz"
_LOGIN = re.compile(
    r"/(log-?in|sign-?in|signin|auth|session/new|wp-login\.php|accounts?/login|oauth)\b", re.IGNORECASE
)
_Tell = Callable[[str], None]


def look(discovery_id: int, *, at: datetime) -> None:
    """Look at what somebody pasted, and keep what came of it; does nothing where that is done or being done."""
    row = actions.claim_discovery(discovery_id=discovery_id, at=at)
    if row is None:
        return
    try:
        result = discover(row.address, tell=lambda step: actions.tell_step(discovery=row, step=step))
    except Exception:  # whoever waits is told at once, and operators read why
        logger.exception("Looking at %s failed in an unknown way", row.address)
        result = not_found("our_fault", row.address)
    actions.settle_discovery(discovery=row, result=result, at=timezone.now())


def discover(address: str, *, tell: _Tell) -> Found | NotFound:
    """Return what is at the address, or in words why nothing is; `tell` hears each step."""
    step: Step = discovery.begin(address)
    ends = time.monotonic() + _ALL_S
    for number in range(_MOST_STEPS):
        if not isinstance(step, Ask):
            return step
        left = ends - time.monotonic()
        if left <= 0:
            return not_found("took_too_long", address)
        tell(steps.stage_of(step.requests, number))
        step = _next(step, address, left, first=number == 0)
    return step if not isinstance(step, Ask) else not_found("too_many_steps", address)


def _next(step: Ask, address: str, left: float, *, first: bool) -> Step:
    answers = asyncio.run(_answers(step.requests, left))
    blocked = [isinstance(answer, _Blocked) for answer in answers]
    if all(blocked):
        return not_found("robots", address)
    if first and _is_login_wall(step.requests[0], answers[0]):
        return not_found("login_wall", address)
    return step.then(answers)


class _Blocked(Failure):
    """The site asked not to be read there, and was not."""


async def _answers(requests: Sequence[Request], left: float) -> list[Answer]:
    """Return the answers in the order of the requests; what robots.txt forbids is not asked for."""
    given: list[Answer] = [Failure(each.url, Reason.PROTOCOL, "never asked") for each in requests]
    refused = await _refused(requests, left)
    given = [refused.get(each.url, before) for each, before in zip(requests, given, strict=True)]
    asked = [(place, each) for place, each in enumerate(requests) if each.url not in refused]
    timeout = min(_ANSWER_S, max(left, 0.5))
    async for index, answer in fetch_many([replace(each, timeout_s=timeout) for _, each in asked]):
        given[asked[index][0]] = answer
    return given


async def _refused(requests: Sequence[Request], left: float) -> dict[str, Answer]:
    """Return, by address, what cannot be asked for: robots.txt forbids it, or could not be read just now."""
    pages = [each.url for each in requests if not steps.is_feed(each.url)]
    wishes = await _wishes({_robots_of(url) for url in pages}, min(_ROBOTS_S, max(left, 0.5)))
    refused: dict[str, Answer] = {}
    for url in pages:
        wish = wishes[_robots_of(url)]
        if not isinstance(wish, robots.Rules):
            refused[url] = wish
        elif not wish.allow(url):
            refused[url] = _Blocked(url, Reason.PROTOCOL, "robots.txt")
    return refused


async def _wishes(places: Iterable[str], patience: float) -> dict[str, robots.Rules | Answer]:
    """Return the rules of each robots.txt, or the answer where the site is in trouble: then nothing may be read."""
    known: dict[str, robots.Rules | Answer] = {}
    for place in places:
        kept: tuple[tuple[str, bool], ...] | None = cache.get(_key(place))
        if kept is not None:
            known[place] = robots.Rules(kept)
    asked = [place for place in places if place not in known]
    requests = [Request(place, timeout_s=patience, max_bytes=robots.MOST_BYTES) for place in asked]
    async for index, answer in fetch_many(requests):
        known[asked[index]] = _understood(asked[index], answer)
    return known


def _understood(place: str, answer: Answer) -> robots.Rules | Answer:
    if isinstance(answer, Failure):
        # Too large, or led in circles: the site has said nothing that can be followed.
        silent = answer.reason in {Reason.TOO_LARGE, Reason.TOO_MANY_REDIRECTS, Reason.BAD_REDIRECT}
        return robots.Rules() if silent else answer
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return answer
    rules = robots.rules_of(answer.body, _AGENT) if answer.status == HTTPStatus.OK else robots.Rules()
    if sum(len(pattern) for pattern, _ in rules.lines) <= _ROBOTS_KEPT:
        cache.set(_key(place), rules.lines, _ROBOTS_KEPT_S)
    return rules


def _key(place: str) -> str:
    return f"robots:{sha256(place.encode()).hexdigest()}"


def _robots_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def _is_login_wall(request: Request, answer: Answer) -> bool:
    """Tell whether a site wants to know first who is asking."""
    if not isinstance(answer, Response):
        return False
    led = (
        answer.redirects
        and _LOGIN.search(urlsplit(answer.url).path)
        and not _LOGIN.search(urlsplit(request.url).path)
    )
    return bool(led) or answer.status == HTTPStatus.UNAUTHORIZED
