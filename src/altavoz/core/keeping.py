"""Which answers are the same for everybody, and what they show: set by rooms above, read by the page cache."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View: TypeAlias = Callable[Concatenate[HttpRequest, P], HttpResponse]

#: Every parameter that some public page understands; others make no difference and no second copy.
QUERY: set[str] = set()


@dataclass
class Public:
    """The mark on a response that may be kept for everybody."""

    subjects: set[str] = field(default_factory=set)
    partial: bool = False


def public_page(
    *, subjects: Callable[..., Collection[str]], query: Collection[str] = (), partial: bool = False
) -> Callable[[View[P]], View[P]]:
    """Let the page be kept for visitors who are not signed in.

    `subjects` gets the view's keyword arguments and names what the page shows; the view may name more with
    `about`. `query` are the parameters it understands; `partial` says that htmx gets only a part of it.
    """
    QUERY.update(query)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            mark = Public(set(subjects(**kwargs)), partial)
            request.public = mark  # type: ignore[attr-defined]  # read by `about`
            response = view(request, *args, **kwargs)
            response.public = mark  # type: ignore[attr-defined]  # read by the middleware
            return response

        return answer

    return decorate


def about(request: HttpRequest, *subjects: str) -> None:
    """Say what else the page shows; a change of any of it forgets the page."""
    mark: Public | None = getattr(request, "public", None)
    if mark is not None:
        mark.subjects.update(subjects)
