"""Pictures are fetched once, resized and ours; what cannot be had is remembered with the reason."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from altavoz.core.models import Event
from altavoz.showcase import actions, thumbnails
from altavoz.showcase.models import Publication, Thumbnail
from altavoz.showcase.tests.builders import a_channel, a_creator, an_entry

pytestmark = pytest.mark.django_db


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 450), "#c8401b").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _here(settings: Settings, tmp_path: Path, httpserver: HTTPServer) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]


def _work(url: str, at: datetime, key: str = "1") -> Publication:
    creator = a_creator(f"Ana {key}", at=at)
    entry = an_entry(a_channel(creator, at=at, slug=f"ana{key}"), key, at=at, thumbnail_url=url)
    (pk,) = actions.gather([entry.pk], at=at)
    actions.submit_waiting(at=at)
    actions.publish(subject=f"showcase.publication:{pk}", revision=1, at=at)
    return Publication.objects.select_related("published_revision").get(pk=pk)


def test_a_picture_is_fetched_once_for_all_that_name_it(at: datetime, httpserver: HTTPServer) -> None:
    httpserver.expect_oneshot_request("/p.png").respond_with_data(_png(), content_type="image/png")
    url = httpserver.url_for("/p.png")
    works = [_work(url, at, key) for key in "12"]
    assert thumbnails.fetch_missing(at=at) == 2
    row = Thumbnail.objects.get()
    assert [(made["type"], made["width"]) for made in row.renditions] == [
        ("image/avif", 320), ("image/webp", 320), ("image/avif", 640), ("image/webp", 640),
        ("image/avif", 800), ("image/webp", 800),
    ]  # fmt: skip
    assert all(default_storage.exists(made["name"]) for made in row.renditions)
    for work in works:
        work.refresh_from_db()
        assert work.published_revision is not None
        assert work.published_revision.thumbnail == row
    assert Event.objects.filter(name="showcase.publication_published").count() == 4
    assert thumbnails.fetch_missing(at=at) == 0


@pytest.mark.parametrize(
    ("path", "problem"), [("/missing.png", "status 404"), ("/text.png", "not_a_picture")]
)
def test_what_cannot_be_had_is_not_asked_for_again(
    at: datetime, httpserver: HTTPServer, path: str, problem: str
) -> None:
    httpserver.expect_request("/missing.png").respond_with_data("", status=404)
    httpserver.expect_request("/text.png").respond_with_data("not a picture at all, only some text")
    _work(httpserver.url_for(path), at)
    assert thumbnails.fetch_missing(at=at) == 1
    assert (Thumbnail.objects.get().problem, thumbnails.fetch_missing(at=at)) == (problem, 0)


def test_a_private_address_is_refused(at: datetime, settings: Settings, httpserver: HTTPServer) -> None:
    settings.ALTAVOZ_FETCH_ALLOW = []
    _work(httpserver.url_for("/p.png"), at)
    thumbnails.fetch_missing(at=at)
    assert Thumbnail.objects.get().problem in {"refused_address", "refused_port"}
