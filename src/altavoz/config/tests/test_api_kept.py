"""Answers of the API are kept by the page cache and forgotten with the pages: two rooms that cannot see each other."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from altavoz.api import reading
from altavoz.api.tests import conftest as api
from altavoz.core import keeping
from altavoz.showcase.models import Revision
from altavoz.web import caching, handlers

client, creator, publish, _address = api.client, api.creator, api.publish, api._address


def test_lists_are_forgotten_with_all_other_lists() -> None:
    assert reading.LISTS == handlers.WORKS


def test_answers_are_kept_and_purged_like_pages(client: Client, publish: api.Publish) -> None:
    work = publish()
    path = f"/api/v1/works/{work.pk}"
    first = client.get(path)
    with CaptureQueriesContext(connection) as asked:
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, len(asked)) == (304, b"", 0)
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    Revision.objects.filter(publication=work).update(title="Otro")
    assert client.get(path).json()["title"] == "Asincronía 1"
    caching.purge({work.subject})
    assert client.get(path).json()["title"] == "Otro"


def test_the_mark_of_public_answers_is_the_same_for_all_rooms() -> None:
    assert caching.public_page is keeping.public_page
