"""Pictures: their addresses, and the files behind them."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from altavoz.showcase.models import Revision, Thumbnail
from altavoz.web import pictures
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

ROWS = [
    {"name": "t/a-640.avif", "type": "image/avif", "width": 640, "height": 360},
    {"name": "t/a-320.avif", "type": "image/avif", "width": 320, "height": 180},
    {"name": "t/a-320.webp", "type": "image/webp", "width": 320, "height": 180},
    {"name": "t/a-640.webp", "type": "image/webp", "width": 640, "height": 360},
]


def test_three_widths_in_two_formats() -> None:
    assert pictures.variants(pictures.renditions(ROWS)) == pictures.Variants(
        avif="/media/t/a-320.avif 320w, /media/t/a-640.avif 640w",
        webp="/media/t/a-320.webp 320w, /media/t/a-640.webp 640w",
        fallback="/media/t/a-640.webp",
    )


def test_a_picture_in_one_format_only() -> None:
    one = pictures.renditions(ROWS[:1])
    assert pictures.variants(one) == pictures.Variants("/media/t/a-640.avif 640w", "", "/media/t/a-640.avif")


def test_a_work_with_a_picture_shows_it(browser: Browser, publish: Publish) -> None:
    work = publish()
    picture = Thumbnail.objects.create(url_hash="x", renditions=ROWS, fetched_at=work.gathered_at)
    Revision.objects.update(thumbnail=picture)
    html = browser.get(f"/es/works/{work.pk}-asincronia-1/").content.decode()
    assert '"thumbnailUrl": ["https://altavoz.example/media/t/a-640.webp", ' in html
    assert 'srcset="/media/t/a-320.avif 320w, /media/t/a-640.avif 640w"' in html


@pytest.fixture
def _files(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "secret.webp").write_bytes(b"secret")


@pytest.mark.usefixtures("_files")
def test_pictures_are_sent_to_be_kept(browser: Browser) -> None:
    default_storage.save("t/a.webp", ContentFile(b"picture"))
    response = browser.get("/media/t/a.webp")
    assert b"".join(response) == b"picture"
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.usefixtures("_files", "db")
@pytest.mark.parametrize("name", ["t/none.webp", "../secret.webp", "t/a.html", "t/a", "%2e%2e/secret.webp"])
def test_nothing_else_is_sent(browser: Browser, name: str) -> None:
    default_storage.save("t/a.html", ContentFile(b"<script>"))
    assert browser.get(f"/media/{name}").status_code == 404
