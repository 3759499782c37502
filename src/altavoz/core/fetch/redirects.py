"""Where a redirect may lead, and what may be carried there."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from altavoz.core.fetch import urls
from altavoz.core.fetch.messages import Reason, Refused, Request

STATUSES = frozenset({301, 302, 303, 307, 308})
_SAME_METHOD = frozenset({307, 308})
_BODILESS = frozenset({"GET", "HEAD"})
# Everything else a caller sends may be a secret meant for the first place only.
_CARRIED = frozenset(
    {"accept", "accept-language", "if-none-match", "if-modified-since", "range", "connection"}
)
_OF_BODY = frozenset({"content-type", "content-encoding", "content-language", "content-length"})


@dataclass(frozen=True, slots=True)
class Step:
    """One request on the way to the answer."""

    method: str
    target: urls.Target
    headers: Mapping[str, str]
    body: bytes | None


def first(request: Request) -> Step:
    """Return the step that `request` begins with; raises Refused."""
    return Step(request.method.upper(), urls.parse(request.url), request.headers, request.body)


def after(step: Step, status: int, location: str | None) -> Step:
    """Return the step that a redirect asks for.

    Like a browser, 301, 302 and 303 turn a sent form into a plain GET; 307 and 308 repeat it. To another
    origin go only headers that cannot be secrets, and never a body. From https to http we do not follow:
    whoever gave us a secure address was promised an answer that nobody on the way can alter.
    Raises Refused.
    """
    if not location:
        raise Refused(Reason.BAD_REDIRECT, f"status {status} without a location")
    target = _target(step.target, location)
    moved = target.origin != step.target.origin
    if step.target.scheme == "https" and target.scheme == "http":
        raise Refused(Reason.INSECURE_REDIRECT, target.url)
    repeated = status in _SAME_METHOD or step.method in _BODILESS
    if repeated and moved and step.body is not None:
        raise Refused(Reason.BAD_REDIRECT, f"{step.method} sent on to {target.origin}")
    if repeated:
        return Step(step.method, target, _carried(step.headers) if moved else step.headers, step.body)
    headers = {name: value for name, value in step.headers.items() if name.lower() not in _OF_BODY}
    return Step("GET", target, _carried(headers) if moved else headers, None)


def _target(base: urls.Target, location: str) -> urls.Target:
    try:
        return urls.parse(urljoin(base.url, location))
    except ValueError as problem:
        raise Refused(Reason.BAD_REDIRECT, str(problem)) from problem
    except Refused as refusal:
        if refusal.reason is Reason.BAD_URL:
            raise Refused(Reason.BAD_REDIRECT, refusal.detail) from refusal
        raise


def _carried(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() in _CARRIED}
