"""A network before us: it learns what pages show, and what to forget."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from altavoz.web import purging, tasks
from altavoz.web.caching import edges
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

pytestmark = pytest.mark.django_db


def test_nobody_is_told_what_pages_show_without_such_a_network(browser: Browser, publish: Publish) -> None:
    publish()
    told = browser.get("/es/").headers
    assert [name for name in ("Surrogate-Key", "Cache-Tag", "CDN-Cache-Control") if name in told] == []


def test_a_network_may_keep_pages_for_long(
    browser: Browser, publish: Publish, settings: LazySettings
) -> None:
    settings.ALTAVOZ_PURGE_URL = "https://cdn.example/purge"
    work = publish()
    told = browser.get(f"/es/works/{work.pk}-asincronia-1/").headers
    assert told["CDN-Cache-Control"] == "public, max-age=86400"
    assert told["Surrogate-Control"] == "max-age=86400"
    assert told["Cache-Control"] == "public, max-age=0, s-maxage=2, stale-while-revalidate=1"
    tags = told["Cache-Tag"].split(",")
    assert work.subject in tags
    assert told["Surrogate-Key"].split(" ") == tags
    assert "CDN-Cache-Control" not in browser.get("/es/account/login/").headers


def test_it_is_told_twice_what_to_forget(
    settings: LazySettings,
    httpserver: HTTPServer,
    deliver: Callable[..., int],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    told = []

    def take(request: Request) -> Response:
        told.append((request.headers["Surrogate-Key"], request.headers["Fastly-Key"], request.get_json()))
        return Response(status=200)

    httpserver.expect_request("/purge", method="POST").respond_with_handler(take)
    settings.ALTAVOZ_PURGE_URL = httpserver.url_for("/purge")
    settings.ALTAVOZ_PURGE_HEADER = "Fastly-Key: a secret"
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    with django_capture_on_commit_callbacks(execute=True):
        purging.announce({"showcase.publication:2", "web.works"})
    assert deliver() == 1
    assert deliver(until=datetime.now(UTC) + timedelta(minutes=1)) == 1
    tags = ["showcase.publication:2", "web.works"]
    assert told == [(" ".join(tags), "a secret", {"tags": tags})] * 2


def test_a_refusal_is_tried_again(settings: LazySettings, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/purge").respond_with_data(status=403)
    settings.ALTAVOZ_PURGE_URL = httpserver.url_for("/purge")
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]
    with pytest.raises(tasks.NotForgottenError, match="403"):
        tasks.purge_edges(subjects=["web.works"])
    settings.ALTAVOZ_FETCH_ALLOW = []
    with pytest.raises(tasks.NotForgottenError):
        tasks.purge_edges(subjects=["web.works"])


def test_many_are_told_in_portions(settings: LazySettings) -> None:
    settings.ALTAVOZ_PURGE_URL = "https://cdn.example/purge"
    asked = list(edges.purges([f"showcase.publication:{number:03}" for number in range(65)]))
    assert [len(json.loads(request.body or b"")["tags"]) for request in asked] == [30, 30, 5]
    assert "Authorization" not in asked[0].headers
