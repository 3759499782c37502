"""Pictures in object storage: the same steps against moto, which speaks S3 over HTTP on this machine."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.request import urlopen

import boto3
import pytest
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer
from PIL import Image
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from altavoz.config.settings import _S3 as AS_CONFIGURED
from altavoz.showcase import actions, thumbnails
from altavoz.showcase.models import Publication, Thumbnail
from altavoz.showcase.tests.builders import a_channel, a_creator, an_entry

pytestmark = pytest.mark.django_db
#: Everybody may read what is in the bucket, as docs/operating.md asks.
READABLE = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::pictures/*",
        }
    ],
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Run an S3 that keeps nothing when it ends; give its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def _bucket(server: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer) -> None:
    """Files go where ALTAVOZ_S3_BUCKET and its companions say, with the options of the settings."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "here")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    s3 = boto3.client("s3", endpoint_url=server, region_name="us-east-1")
    s3.create_bucket(Bucket="pictures")
    s3.put_bucket_policy(Bucket="pictures", Policy=json.dumps(READABLE))
    given = {"bucket_name": "pictures", "endpoint_url": server, "region_name": "us-east-1"}
    configured: Any = AS_CONFIGURED["OPTIONS"]
    options = configured | given
    settings.STORAGES = settings.STORAGES | {"default": AS_CONFIGURED | {"OPTIONS": options}}
    settings.ALTAVOZ_FETCH_ALLOW = [f"127.0.0.1/32:{httpserver.port}"]


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (800, 450), "#c8401b").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def work(at: datetime, httpserver: HTTPServer) -> Publication:
    httpserver.expect_request("/cover.png").respond_with_data(_png(), content_type="image/png")
    creator = a_creator("Ana", at=at)
    entry = an_entry(a_channel(creator, at=at), "1", at=at, thumbnail_url=httpserver.url_for("/cover.png"))
    (pk,) = actions.gather([entry.pk], at=at)
    actions.submit_waiting(at=at)
    actions.publish(subject=f"showcase.publication:{pk}", revision=1, at=at)
    return Publication.objects.get(pk=pk)


@pytest.mark.usefixtures("work")
def test_pictures_are_kept_there_for_ever_and_named_by_content(server: str, at: datetime) -> None:
    assert thumbnails.fetch_missing(at=at) == 1
    names = [made["name"] for made in Thumbnail.objects.get().renditions]
    assert len(names) == 6
    with urlopen(f"{server}/pictures/{names[0]}") as answer:  # noqa: S310  our own server
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == "image/avif"
        assert Image.open(io.BytesIO(answer.read())).size == (320, 180)
    assert default_storage.url(names[0]) == f"{server}/pictures/{names[0]}"


def test_a_removed_work_leaves_nothing_there(
    work: Publication, at: datetime, deliver: Callable[[], int]
) -> None:
    thumbnails.fetch_missing(at=at)
    names = [made["name"] for made in Thumbnail.objects.get().renditions]
    actions.remove(publication=work, reason="spam", at=at)
    deliver()
    assert [name for name in names if default_storage.exists(name)] == []


def test_our_own_domain_stands_in_addresses_without_a_signature(settings: Settings) -> None:
    chosen = settings.STORAGES["default"]
    options = chosen["OPTIONS"] | {"custom_domain": "media.altavoz.example"}
    settings.STORAGES = settings.STORAGES | {"default": chosen | {"OPTIONS": options}}
    assert default_storage.url("thumbs/a.avif") == "https://media.altavoz.example/thumbs/a.avif"
