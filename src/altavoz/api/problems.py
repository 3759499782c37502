"""What goes wrong, told to programs (RFC 9457) and to the people who read over their shoulder."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONTENT_TYPE = "application/problem+json"
_WORDS: Mapping[int, tuple[Promise, Promise]] = {
    400: (
        gettext_lazy("We did not understand this request"),
        gettext_lazy("Look at the parameters: at least one of them is not as it should be."),
    ),
    404: (
        gettext_lazy("There is nothing here"),
        gettext_lazy("Either this was never here, or it is not shown any more."),
    ),
    405: (gettext_lazy("This can only be read"), gettext_lazy("Ask with GET.")),
    429: (
        gettext_lazy("Too many questions at once"),
        gettext_lazy("Wait for as many seconds as Retry-After says, then go on."),
    ),
    500: (
        gettext_lazy("Something broke on our side"),
        gettext_lazy("It is not your fault. Try again in a minute."),
    ),
    503: (
        gettext_lazy("Back in a moment"),
        gettext_lazy("We are looking after the machine. Nothing is lost."),
    ),
}
_REASONS: Mapping[str, Promise] = {
    "missing": gettext_lazy("A value is needed."),
    "string_too_short": gettext_lazy("A value is needed."),
    "string_too_long": gettext_lazy("This text is too long."),
    "too_long": gettext_lazy("These are too many values."),
    "literal_error": gettext_lazy("This value is not one of those that are allowed."),
    "greater_than_equal": gettext_lazy("This number is too small."),
    "less_than_equal": gettext_lazy("This number is too large."),
    "int_parsing": gettext_lazy("This must be a whole number."),
}


def problem(status: int, errors: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """Return the answer for a status; `errors` are (parameter, reason as pydantic names it)."""
    title, detail = _WORDS.get(status, (HTTPStatus(status).phrase, ""))
    found = [
        {"parameter": name, "detail": str(_REASONS.get(reason) or _("This value cannot be understood."))}
        for name, reason in errors
    ]
    body = {
        "type": "about:blank",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        "errors": found,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store"},
    )
