"""Addresses of the API outside the interface languages."""

from django.urls import path

from altavoz.api import pages
from altavoz.api.routes import api

urlpatterns = [
    path("api/v1/openapi.json", pages.openapi, name="openapi"),
    path("api/", pages.root, name="api-root"),
    path("api/v1/", api.urls),
]
