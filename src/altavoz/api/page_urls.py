"""Addresses of the pages about the API, below the interface language."""

from django.urls import path

from altavoz.api import pages

app_name = "developers"

urlpatterns = [
    path("developers/", pages.about, name="api"),
]
