"""The description of the API for programs, and the page about it for people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from altavoz.api import limits
from altavoz.api.document import document
from altavoz.core.keeping import public_page


@public_page(subjects=set)
def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Send the description."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


def root(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    """Lead people to the page about the API."""
    return HttpResponseRedirect(reverse("developers:api"))


@public_page(subjects=set)
def about(request: HttpRequest) -> HttpResponse:
    """Tell people what the API has; the table is drawn from the description."""
    rows = [
        {
            "path": path,
            "example": f"{path}?limit=3" if "{" not in path and "limit" in names else path,
            "words": operation["description"],
            "parameters": names,
        }
        for path, methods in document()["paths"].items()
        for operation in methods.values()
        for names in [[one["name"] for one in operation["parameters"]]]
    ]
    values = {
        "operations": rows,
        "root": settings.PUBLIC_URL,
        "limit": settings.ALTAVOZ_API_LIMIT,
        "seconds": limits.WINDOW_S,
    }
    return render(request, "api/about.html", values)
