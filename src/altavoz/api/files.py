"""The open data: what there is, what its lines mean, and the files themselves."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from altavoz.api import opendata
from altavoz.api.opendata import keeping, records
from altavoz.core.keeping import public_page

_CACHED = "public, max-age=3600"


def root(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead people to the page in their language."""
    return HttpResponseRedirect(reverse("developers:open-data"))


@public_page(subjects=set)
def page(request: HttpRequest) -> HttpResponse:
    """List the dumps, with how to check them and what may be done with them."""
    fields = [(name, shape.model_json_schema()) for name, shape in records.LINES.items()]
    described = [
        (f"{name}.jsonl", schema["description"], list(schema["properties"])) for name, schema in fields
    ]
    values = {"dumps": opendata.dumps(), "days": settings.ALTAVOZ_DUMP_DAYS, "described": described}
    return render(request, "api/open_data.html", values)


@public_page(subjects=set)
def schema(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    """Send what each line is, as JSON Schema."""
    return JsonResponse(records.schema())


@public_page(subjects=set)
def index(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - as above
    """Send the list of dumps to programs."""
    found = [
        {
            "day": dump.day,
            "made_at": dump.made_at,
            "licence": "CC0-1.0",
            "files": [
                {
                    "url": settings.PUBLIC_URL + reverse("open-data-file", args=[dump.day, file.name]),
                    "records": file.records,
                    "bytes": file.size,
                    "sha256": file.sha256,
                }
                for file in dump.files
            ],
        }
        for dump in opendata.dumps()
    ]
    return JsonResponse({"dumps": found})


def file(request: HttpRequest, day: str, name: str) -> FileResponse:  # noqa: ARG001 - as above
    """Send a file of a dump that is offered; 404 for any other."""
    dump = keeping.read_index(day)
    if dump is None or name not in {one.name for one in dump.files}:
        raise Http404
    return FileResponse(
        default_storage.open(keeping.path(day, name)),
        content_type="application/gzip",
        headers={"Cache-Control": _CACHED, "Access-Control-Allow-Origin": "*"},
    )
