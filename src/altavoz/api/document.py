"""The description of the API (OpenAPI 3.1), written from its types."""

from functools import lru_cache
from typing import Any

from django.conf import settings

from altavoz.api.problems import CONTENT_TYPE
from altavoz.api.routes import api

_FAILED = 400
_HEADERS = {
    "ETag": "Changes when the answer does; send it back as If-None-Match.",
    "Content-Language": "The language of labels and errors.",
    "RateLimit": "How many requests are left, and in how many seconds the count starts anew.",
    "RateLimit-Policy": "How many requests are allowed in how many seconds.",
}


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Return the description as values for JSON."""
    found = dict(api.get_openapi_schema(path_prefix="/api/v1"))
    found["openapi"] = "3.1.0"
    found["servers"] = [{"url": settings.PUBLIC_URL}]
    found["info"] |= {"license": {"name": "CC0 1.0", "identifier": "CC0-1.0"}}
    for path in found["paths"].values():
        for operation in path.values():
            for parameter in operation["parameters"]:
                _present(parameter)
            for status, response in operation["responses"].items():
                _complete(int(status), response)
    return found


def _present(parameter: dict[str, Any]) -> None:
    """Say of a parameter that may be left out what it is when it is there: an address can carry no null."""
    schema = parameter["schema"]
    kept = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
    parameter["schema"] = {**schema, **(kept[0] if kept else {})}


def _complete(status: int, response: dict[str, Any]) -> None:
    """Name the media type of problems, and the headers that every answer has."""
    if status >= _FAILED:
        response["content"] = {CONTENT_TYPE: response["content"]["application/json"]}
        return
    response["headers"] = {
        name: {"description": words, "schema": {"type": "string"}} for name, words in _HEADERS.items()
    }
