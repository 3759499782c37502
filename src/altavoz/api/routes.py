"""The addresses of the API, version 1: each parses what was asked, asks one query, and answers in a shape."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI, Query
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from altavoz import search
from altavoz.api import asking, cursors, problems, reading, shapes
from altavoz.core.keeping import about, public_page
from altavoz.search.documents import BadCursor, Page
from altavoz.search.documents import Query as Question
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator

_Refused = dict[int, type[shapes.Problem]]
_WHOLE: _Refused = {400: shapes.Problem, 429: shapes.Problem}
_LIST: _Refused = {**_WHOLE, 404: shapes.Problem}
_CODES = frozenset(code for code, _ in settings.LANGUAGES)


class Readable(BaseRenderer):
    """JSON with letters as they are: half the bytes where a script is not Latin."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: object, *, response_status: int) -> str:  # noqa: ARG002 - ninja's signature
        """Return the answer as text."""
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False, separators=(",", ":"))


api = NinjaAPI(
    title="Altavoz",
    version="1",
    description=(
        "Works about Python in the languages people really speak, their creators, languages and topics. Everybody "
        "may read; there is nothing to write. Lists are paged by cursor: follow `next` or the `Link` header. Answers "
        "carry an `ETag`; asking again with `If-None-Match` costs both of us nothing. What is taken down is gone from "
        "here at once: asking for it is answered with 404, as if it had never been."
    ),
    renderer=Readable(),
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)


def _spoken(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the language that the address names."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = request.GET.get("lang", "").lower()
        with translation.override(code if code in _CODES else translation.get_language()):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = reading.lang()
        return response

    return answer


def _list(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a list be kept until any work or creator changes."""
    return public_page(subjects=lambda **_: {reading.LISTS}, query=asking.NAMES)(_spoken(view))


def _one(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let an answer about one thing be kept until that changes; the view names it."""
    return public_page(subjects=lambda **_: set(), query=asking.NAMES)(_spoken(view))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 - ninja's signature
    wrong = {str(one["loc"][min(2, len(one["loc"]) - 1)]): str(one["type"]) for one in error.errors}
    return problems.problem(400, sorted(wrong.items()))


@api.exception_handler(BadCursor)
def _lost(request: HttpRequest, error: BadCursor) -> HttpResponse:  # noqa: ARG001 - as above
    return problems.problem(404, [("cursor", "cursor")])


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - as above
    return problems.problem(404)


def _next(request: HttpRequest, response: HttpResponse, name: str, cursor: str | None) -> str:
    """Return the address of the next page, and name it in the `Link` header as well."""
    if not cursor:
        return ""
    kept = [(key, value) for key in request.GET if key != "cursor" for value in request.GET.getlist(key)]
    address = reading.absolute(
        name, query=[*((k, v) for k, v in kept if k in asking.NAMES), ("cursor", cursor)]
    )
    response.headers["Link"] = f'<{address}>; rel="next"'
    return address


def _listed(
    request: HttpRequest, response: HttpResponse, asked: asking.Listing | asking.Searching, name: str
) -> tuple[Page, dict[str, Any]]:
    found = search.find(asking.question(asked))
    rows = reading.works([hit.subject for hit in found.hits])
    return found, {
        "works": rows,
        "total": found.total.value,
        "total_is_exact": found.total.exact,
        "next": _next(request, response, name, found.cursor),
        "feeds": reading.feeds(asking.pairs(asked)),
    }


@api.get("/works", response={200: shapes.Works, **_LIST}, url_name="works", summary="Works")
@decorate_view(_list)
def works(request: HttpRequest, response: HttpResponse, asked: Query[asking.Listing]) -> Any:  # noqa: ANN401 - ninja checks
    """Return one page of the works that all parameters leave, newest first unless told."""
    return _listed(request, response, asked, "api:works")[1]


@api.get(
    "/works/{int:id}",
    response={200: shapes.Work, **_LIST},
    url_name="work",
    summary="One work",
    tags=["Works"],
)
@decorate_view(_one)
def work(request: HttpRequest, id: int, asked: Query[asking.Speaking]) -> shapes.Work:  # noqa: A002, ARG001 - named for readers of the description; asked for its language
    """Return a work as it was approved."""
    found = reading.works([f"showcase.publication:{id}"]) if 0 < id < 2**63 else []
    if not found:
        raise Http404
    about(request, *reading.subjects(found))
    return found[0]


@api.get("/search", response={200: shapes.Found, **_LIST}, url_name="search", summary="Search")
@decorate_view(_list)
def find(request: HttpRequest, response: HttpResponse, asked: Query[asking.Searching]) -> Any:  # noqa: ANN401 - as above
    """Return one page of works with the words, best first unless told, and what else could be chosen."""
    found, listed = _listed(request, response, asked, "api:search")
    return {**listed, "suggestion": found.suggestion, "facets": reading.facets(found)}


@api.get(
    "/creators",
    response={200: shapes.Creators, **_LIST},
    url_name="creators",
    summary="Creators",
    tags=["Creators"],
)
@decorate_view(_list)
def creators(request: HttpRequest, response: HttpResponse, asked: Query[asking.Paging]) -> Any:  # noqa: ANN401 - as above
    """Return one page of creators who have something to show, in the order in which readers look for names."""
    found = showcase.creators(after=cursors.read(asked.cursor), limit=asked.limit)
    cursor = cursors.write(found.cursor) if found.cursor else None
    return {
        "creators": [reading.creator(row) for row in found.creators],
        "next": _next(request, response, "api:creators", cursor),
    }


@api.get(
    "/creators/{int:id}",
    response={200: shapes.Creator, **_LIST},
    url_name="creator",
    summary="One creator",
    tags=["Creators"],
)
@decorate_view(_one)
def creator(request: HttpRequest, id: int, asked: Query[asking.Speaking]) -> shapes.Creator:  # noqa: A002, ARG001 - named for readers of the description; asked for its language
    """Return a creator who has something to show."""
    row = Creator.objects.filter(pk=id).first() if 0 < id < 2**63 else None
    found = showcase.creator(row.slug) if row else None
    if found is None:
        raise Http404
    about(request, found.subject)
    showcase.decorate([found])
    return reading.creator(found)


@api.get(
    "/languages",
    response={200: shapes.Languages, **_WHOLE},
    url_name="languages",
    summary="Languages",
    tags=["Languages"],
)
@decorate_view(_list)
def languages(request: HttpRequest, asked: Query[asking.Speaking]) -> Any:  # noqa: ARG001, ANN401 - for its language
    """Return every language in which somebody is heard, most heard first."""
    return {"languages": [reading.language(tag, count) for tag, count in search.counts_by_language().items()]}


@api.get("/topics", response={200: shapes.Topics, **_WHOLE}, url_name="topics", summary="Topics")
@decorate_view(_list)
def topics(request: HttpRequest, asked: Query[asking.Speaking]) -> Any:  # noqa: ARG001, ANN401 - as above
    """Return the topics that most works have, most used first."""
    return {"topics": reading.facets(search.find(Question(limit=1))).get("topic", [])}
