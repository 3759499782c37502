"""Pictures are fetched once, resized and ours; what cannot be had is remembered with the reason."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from altavoz.core.models import Event
from altavoz.showcase import actions, thumbnails
from altavoz.showcase.actions import erasing
from altavoz.showcase.models import Publication, Revision, Thumbnail
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


def _shown(httpserver: HTTPServer, at: datetime, *keys: str) -> list[Publication]:
    """Return visible works of which each has its own address for one and the same picture."""
    for key in keys:
        httpserver.expect_request(f"/{key}.png").respond_with_data(_png(), content_type="image/png")
    works = [_work(httpserver.url_for(f"/{key}.png"), at, key) for key in keys]
    thumbnails.fetch_missing(at=at)
    return works


def _names() -> set[str]:
    return {made["name"] for row in Thumbnail.objects.all() for made in row.renditions}


def test_a_picture_goes_with_the_last_work_that_shows_it(
    at: datetime, httpserver: HTTPServer, deliver: Callable[[], int]
) -> None:
    first, other = _shown(httpserver, at, "a", "b")
    names = _names()
    actions.remove(publication=first, reason="spam", at=at)
    deliver()
    assert (Thumbnail.objects.count(), _names()) == (1, names)
    assert all(default_storage.exists(name) for name in names)
    actions.remove(publication=other, reason="spam", at=at)
    deliver()
    assert Thumbnail.objects.count() == 0
    assert not any(default_storage.exists(name) for name in names)


def test_a_record_that_left_its_catalogue_leaves_no_picture(
    at: datetime, httpserver: HTTPServer, deliver: Callable[[], int]
) -> None:
    (work,) = _shown(httpserver, at, "a")
    names = _names()
    erasing.withdraw_without_trace(work, at=at)
    deliver()
    assert (Thumbnail.objects.count(), any(default_storage.exists(name) for name in names)) == (0, False)


def test_a_picture_that_is_shown_again_stays(at: datetime, httpserver: HTTPServer) -> None:
    (work,) = _shown(httpserver, at, "a")
    ids = list(Thumbnail.objects.values_list("pk", flat=True))
    thumbnails.forget(ids)
    assert list(Thumbnail.objects.values_list("pk", flat=True)) == ids
    assert Revision.objects.get(publication=work).thumbnail_id == ids[0]
