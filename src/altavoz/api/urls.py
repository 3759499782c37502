"""Addresses of the API outside the interface languages."""

from django.urls import path, re_path

from altavoz.api import files, pages
from altavoz.api.routes import api

urlpatterns = [
    path("api/v1/openapi.json", pages.openapi, name="openapi"),
    path("api/", pages.root, name="api-root"),
    path("api/v1/", api.urls),
    path("open-data/", files.root, name="open-data"),
    path("open-data/index.json", files.index, name="open-data-index"),
    path("open-data/schema.json", files.schema, name="open-data-schema"),
    re_path(
        r"^open-data/(?P<day>\d{4}-\d\d-\d\d)/(?P<name>[a-z]+\.jsonl\.gz)$", files.file, name="open-data-file"
    ),
]
