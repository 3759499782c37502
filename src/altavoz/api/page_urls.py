"""Addresses of the pages about the API, below the interface language."""

from django.urls import path

from altavoz.api import files, pages

app_name = "developers"

urlpatterns = [
    path("developers/", pages.about, name="api"),
    path("open-data/", files.page, name="open-data"),
]
