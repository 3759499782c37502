"""Sitemaps: every visible page in every language, in parts that cost the same however many works there are."""

import gzip
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from altavoz.showcase.models import Creator
from altavoz.web import sitemaps
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

ROOT = "https://altavoz.example"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
CODES = ("es", "pt-br", "fr", "en", "ar", "ja")


def part(browser: Browser, path: str) -> Any:  # noqa: ANN401 - lxml has no types
    response = browser.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/gzip"
    return etree.fromstring(gzip.decompress(b"".join(response)))


def found(tree: Any, path: str) -> list[str]:  # noqa: ANN401 - as above
    return [str(one) for one in tree.xpath(path, namespaces=SPACES)]


def test_the_index_names_every_part(browser: Browser, publish: Publish, creator: Creator) -> None:
    near, other = publish(1), publish(2, by=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("UPDATE showcase_publication SET id = 5000001 WHERE id = %s", [other.pk])
        cursor.execute(
            "UPDATE showcase_revision SET publication_id = 5000001 WHERE publication_id = %s", [other.pk]
        )
    index = etree.fromstring(browser.get("/sitemap.xml").content)
    assert found(index, "//s:loc/text()") == [
        f"{ROOT}/sitemap-pages-0.xml.gz",
        f"{ROOT}/sitemap-works-{(near.pk - 1) // 1000}.xml.gz",
        f"{ROOT}/sitemap-works-5000.xml.gz",
        f"{ROOT}/sitemap-creators-{(creator.pk - 1) // 1000}.xml.gz",
    ]


def test_works_and_creators_stand_in_every_language(
    browser: Browser, publish: Publish, creator: Creator
) -> None:
    work = publish(slug="日本語-título")
    tree = part(browser, f"/sitemap-works-{(work.pk - 1) // 1000}.xml.gz")
    page = f"works/{work.pk}-%E6%97%A5%E6%9C%AC%E8%AA%9E-t%C3%ADtulo/"
    assert found(tree, "//s:url/s:loc/text()") == [f"{ROOT}/{code}/{page}" for code in CODES]
    assert found(tree, "//s:url[1]/x:link/@hreflang") == ["es", "pt-BR", "fr", "en", "ar", "ja", "x-default"]
    assert found(tree, "//s:url[1]/x:link[last()]/@href") == [f"{ROOT}/en/{page}"]
    assert found(tree, "//s:url[1]/s:lastmod/text()") == ["2026-03-14T15:09:26+00:00"]
    people = part(browser, f"/sitemap-creators-{(creator.pk - 1) // 1000}.xml.gz")
    assert found(people, "//s:url/s:loc/text()") == [f"{ROOT}/{code}/creators/lucia-nandu/" for code in CODES]


def test_plain_pages_and_hubs(browser: Browser, publish: Publish) -> None:
    publish()
    publish(2, spoken_language="und", metadata_language="und")
    tree = part(browser, "/sitemap-pages-0.xml.gz")
    addresses = found(tree, "//s:url/s:loc/text()")
    assert f"{ROOT}/ja/languages/es/" in addresses
    assert f"{ROOT}/ar/" in addresses
    assert len(addresses) == 12 * len(CODES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["pages-1", "works-999", "creators-0", "words-0", "works-99999999999999999999"]
)
def test_there_is_no_empty_part(browser: Browser, name: str) -> None:
    assert browser.get(f"/sitemap-{name}.xml.gz").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_part_asks_once_however_many_works_it_has(browser: Browser, publish: Publish, number: int) -> None:
    works = [publish(one) for one in range(number)]
    with CaptureQueriesContext(connection) as asked:
        part(browser, f"/sitemap-works-{(works[0].pk - 1) // 1000}.xml.gz")
    assert len(asked) == 1


def test_the_heaviest_part_is_light_enough(settings: LazySettings) -> None:
    settings.PUBLIC_URL = "https://a-rather-long-name.altavoz.example.org"
    heaviest = sitemaps._entries(sitemaps.Listed(f"works/{10**9}-{'日' * 80}/"))
    assert len(heaviest.encode()) * sitemaps._SPAN <= 50_000_000
    assert len(CODES) * sitemaps._SPAN <= 50_000
    assert 10_000_000 / sitemaps._SPAN * 2 + 1 <= 50_000


def test_a_large_part_comes_in_pieces() -> None:
    listed = iter([sitemaps.Listed(f"works/{number}-{hash(str(number))}/") for number in range(5_000)])
    assert len(list(sitemaps._compressed(sitemaps._written(sitemaps.Listed(""), listed)))) > 3
