"""What programs read: only what is visible, page by page, in the language they ask for, as often as is fair."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from altavoz.api import cursors, limits
from altavoz.api.tests.conftest import Publish, make_creator, withdraw
from altavoz.ingest.models import Source
from altavoz.search.documents import BadCursor
from altavoz.showcase.models import Catalogue, Creator, Publication, Thumbnail

ROOT = "https://altavoz.example"
Ask = Callable[..., Any]


def test_a_work_is_told_whole(ask: Ask, publish: Publish, creator: Creator, at: datetime) -> None:
    pictures = Thumbnail.objects.create(
        url_hash="x",
        fetched_at=at,
        renditions=[{"name": "a.webp", "type": "image/webp", "width": 9, "height": 9}],
    )
    work = publish(captions=["es"], licence="CC BY", thumbnail=pictures)
    feeds = {name: f"{ROOT}/feeds/{name.partition('_')[0]}/" for name in ("atom", "rss", "json_feed")}
    told = {
        "id": work.pk,
        "href": f"{ROOT}/api/v1/works/{work.pk}",
        "page": f"{ROOT}/en/works/{work.pk}-asincronia-1/",
        "url": "https://video.example/1",
        "revision": 1,
        "kind": "video",
        "kind_label": "Video",
        "title": "Asincronía 1",
        "summary": "Cómo esperar sin bloquear.",
        "metadata_language": "es",
        "language": {"tag": "es", "autonym": "Español", "name": "Spanish", "direction": "ltr"},
        "captions": ["es"],
        "topics": [{"value": "asyncio", "label": "Asynchrony"}],
        "level": "",
        "duration_s": 754,
        "published_at": "2026-03-13T15:09:26Z",
        "shown_at": "2026-03-14T15:09:26Z",
        "changed_at": "2026-03-14T15:09:26Z",
        "creators": [
            {
                "id": creator.pk,
                "name": "Lucía Ñandú",
                "href": f"{ROOT}/api/v1/creators/{creator.pk}",
                "page": f"{ROOT}/en/creators/lucia-nandu/",
            }
        ],
        "licence": "CC BY",
        "basis": "quorum",
        "catalogue": None,
        "image": f"{ROOT}/media/a.webp",
    }
    assert ask(f"works/{work.pk}") == told
    assert ask("works") == {"works": [told], "total": 1, "total_is_exact": True, "next": "", "feeds": feeds}


def test_a_catalogue_is_named(ask: Ask, publish: Publish, at: datetime) -> None:
    source = Source.objects.create(
        kind="catalogue", address="https://p.example/", feed_url="https://p.example/", added_at=at
    )
    catalogue = Catalogue.objects.create(slug="pyvideo", name="PyVideo", source=source)
    work = publish()
    Publication.objects.filter(pk=work.pk).update(catalogue=catalogue)
    found = ask(f"works/{work.pk}")
    assert found["catalogue"] == {"slug": "pyvideo", "name": "PyVideo", "url": "", "licence": ""}


def test_lists_are_paged_to_their_end(client: Client, publish: Publish) -> None:
    works = [publish(number).pk for number in range(5)]
    path, seen = "/api/v1/works?limit=2&language=es&unknown=1", []
    while path:
        response = client.get(path)
        seen += [work["id"] for work in response.json()["works"]]
        after = response.json()["next"]
        assert response.headers.get("Link", "") == (f'<{after}>; rel="next"' if after else "")
        path = after.removeprefix(ROOT)
    assert seen == works
    assert client.get("/api/v1/works?cursor=nonsense").status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("language=ar", [2]),
        ("language=ar&language=ja", [2, 3]),
        ("kind=article", [3]),
        ("topic=web", [2]),
        ("year=2020", [3]),
        ("length=long", [2]),
        ("captions=true", [2]),
        ("q=asincronía&sort=newest", [1]),
        ("creator={creator}", [1, 2]),
        ("level=beginner", []),
        ("sort=fair", [1, 2, 3]),
        ("topic=%20", [1, 2, 3]),
    ],
)
def test_every_filter_narrows(
    ask: Ask, publish: Publish, creator: Creator, at: datetime, query: str, expected: list[int]
) -> None:
    works = {
        publish(1).pk: 1,
        publish(
            2, title="بايثون", spoken_language="ar", topics=["web"], duration_s=4000, captions=["ar"]
        ).pk: 2,
        publish(
            3,
            by=None,
            title="日本語",
            spoken_language="ja",
            kind="article",
            published_at=at.replace(year=2020),
        ).pk: 3,
    }
    found = ask(f"works?{query.format(creator=creator.pk)}")
    assert sorted(works[work["id"]] for work in found["works"]) == expected
    assert found["feeds"]["atom"].startswith(f"{ROOT}/feeds/atom/")


def test_a_list_names_the_feed_of_the_same_filters(ask: Ask, publish: Publish, creator: Creator) -> None:
    publish()
    found = ask(f"works?q=esperar&kind=video&captions=true&creator={creator.pk}&sort=newest")
    query = f"q=esperar&kind=video&captions=1&creator=showcase.creator%3A{creator.pk}&sort=newest"
    assert found["feeds"]["rss"] == f"{ROOT}/feeds/rss/?{query}"


def test_search_tells_what_else_could_be_chosen(ask: Ask, publish: Publish) -> None:
    publish(1)
    publish(2, spoken_language="und", metadata_language="es", kind="zine")
    found = ask("search?q=esperar")
    assert len(found["works"]) == 2
    assert found["facets"]["language"] == [
        {"value": "es", "label": "Spanish", "works": 1},
        {"value": "und", "label": "Language unknown", "works": 1},
    ]
    assert found["facets"]["kind"] == [
        {"value": "video", "label": "Video", "works": 1},
        {"value": "zine", "label": "zine", "works": 1},
    ]
    assert found["facets"]["topic"] == [{"value": "asyncio", "label": "Asynchrony", "works": 2}]
    assert ask("topics") == {"topics": found["facets"]["topic"]}


def test_languages(ask: Ask, publish: Publish) -> None:
    publish(1)
    publish(2, spoken_language="und")
    found = ask("languages?lang=ja")["languages"]
    assert [(one["tag"], one["name"], one["works"]) for one in found] == [
        ("es", "スペイン語", 1),
        ("und", found[1]["name"], 1),
    ]
    assert found[0]["page"] == f"{ROOT}/ja/languages/es/"
    assert found[1]["page"] == f"{ROOT}/ja/explore/?language=und"


def test_creators_are_paged_in_reading_order(
    ask: Ask, publish: Publish, creator: Creator, at: datetime
) -> None:
    publish(1)
    other = make_creator(
        "Ana Ñ", "ana", at, about="Hola.", about_language="es", handles={"mastodon": "@a@b.example"}
    )
    publish(2, by=other, spoken_language="ar")
    make_creator("Nobody", "nobody", at)
    first = ask("creators?limit=1")
    assert first["creators"][0] == {
        "id": other.pk,
        "href": f"{ROOT}/api/v1/creators/{other.pk}",
        "page": f"{ROOT}/en/creators/ana/",
        "name": "Ana Ñ",
        "about": "Hola.",
        "about_language": "es",
        "website": "",
        "handles": {"mastodon": "@a@b.example"},
        "country": "",
        "claimed": False,
        "works": 1,
        "languages": [{"tag": "ar", "autonym": "العربية", "name": "Arabic", "direction": "rtl"}],
        "works_href": f"{ROOT}/api/v1/works?creator={other.pk}",
        "feeds": {
            name: f"{ROOT}/feeds/{kind}/?creator=showcase.creator%3A{other.pk}"
            for name, kind in (("atom", "atom"), ("rss", "rss"), ("json_feed", "json"))
        },
    }
    second = ask(first["next"].removeprefix(f"{ROOT}/api/v1/"))
    assert [row["id"] for row in second["creators"]] == [creator.pk]
    assert second["next"] == ""
    assert ask(f"creators/{creator.pk}") == second["creators"][0]


@pytest.mark.parametrize(
    "cursor", ["x", "_", "MTp4", "LTE6eA", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6eA", "MToA", "é", "/w"]
)
def test_strange_cursors_of_creators(cursor: str) -> None:
    if cursor == "MTp4":
        assert cursors.read(cursor) == ("x", 1)
        assert cursors.write(("x", 1)) == cursor
        return
    with pytest.raises(BadCursor):
        cursors.read(cursor)


def test_what_is_taken_down_was_never_here(client: Client, publish: Publish, creator: Creator) -> None:
    work = publish()
    path, person = f"/api/v1/works/{work.pk}", f"/api/v1/creators/{creator.pk}"
    assert client.get(path).status_code == client.get(person).status_code == 200
    withdraw(work)
    client = Client(headers={"host": "altavoz.example", "accept-language": "en"})  # it has nothing kept
    for gone in (
        path,
        person,
        "/api/v1/works/999999",
        "/api/v1/works/0",
        "/api/v1/creators/99999999999999999999",
    ):
        response = client.get(gone)
        assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
        assert response.json() == {
            "type": "about:blank",
            "title": "There is nothing here",
            "status": 404,
            "detail": "Either this was never here, or it is not shown any more.",
            "errors": [],
        }
        assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_asks_six_times_however_long_it_is(client: Client, publish: Publish, number: int) -> None:
    for one in range(number):
        publish(one)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/api/v1/works").status_code == 200
    assert len(asked) <= 6


def test_other_sites_may_read(client: Client, publish: Publish) -> None:
    publish()
    response = client.get("/api/v1/works", headers={"Origin": "https://other.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Vary"] == "Accept-Language, Accept-Encoding"
    assert response.headers["Content-Language"] == "en"
    preflight = client.options("/api/v1/works", headers={"Access-Control-Request-Headers": "if-none-match"})
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Methods"]) == (
        204,
        "GET, HEAD, OPTIONS",
    )
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]


@pytest.mark.django_db
def test_nothing_can_be_written(client: Client) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE"):
        response = client.generic(method, "/api/v1/works")
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response.json()["title"] == "This can only be read"
    assert client.head("/api/v1/works").status_code == 200


def test_who_is_signed_in_gets_the_same(client: Client, publish: Publish) -> None:
    publish()
    client.cookies["sessionid"] = "whatever"
    response = client.get("/api/v1/works")
    assert response.headers["Cache-Control"].startswith("public")
    assert not response.cookies


@pytest.mark.parametrize(
    ("accepted", "query", "tag", "name"),
    [
        ("pt-BR,pt;q=0.9", "", "pt-BR", "espanhol"),
        ("ar", "", "ar", "الإسبانية"),
        ("ar", "&lang=fr", "fr", "espagnol"),
        ("tlh", "", "es", "español"),
    ],
)
def test_labels_come_in_the_language_asked_for(
    client: Client, publish: Publish, accepted: str, query: str, tag: str, name: str
) -> None:
    publish()
    for _ in range(2):  # made, then kept
        response = client.get(f"/api/v1/works?limit=5{query}", headers={"Accept-Language": accepted})
        assert response.headers["Content-Language"] == tag
        assert response.json()["works"][0]["language"]["name"] == name


@pytest.mark.django_db
def test_errors_name_the_parameter(client: Client) -> None:
    wrong = "limit=0&kind=poem&lang=tlh&creator=x&language=%2F&topic=&q=" + "a" * 201
    assert {error["parameter"] for error in client.get(f"/api/v1/works?{wrong}").json()["errors"]} == {
        "topic"
    }
    found = client.get(f"/api/v1/works?{wrong.replace('topic=&', '')}")
    assert found.status_code == 400
    assert found.json()["errors"] == [
        {"parameter": "creator", "detail": "This must be a whole number."},
        {"parameter": "kind", "detail": "This value is not one of those that are allowed."},
        {"parameter": "lang", "detail": "This value is not one of those that are allowed."},
        {"parameter": "language", "detail": "This value cannot be understood."},
        {"parameter": "limit", "detail": "This number is too small."},
        {"parameter": "q", "detail": "This text is too long."},
    ]
    assert client.get("/api/v1/search").json()["errors"] == [
        {"parameter": "q", "detail": "A value is needed."}
    ]
    assert client.get("/api/v2/").json()["status"] == 404


@pytest.mark.django_db
def test_each_network_may_ask_so_often_a_minute(client: Client, settings: LazySettings) -> None:
    settings.ALTAVOZ_API_LIMIT = 2
    with time_machine.travel("2026-03-14T15:09:26Z", tick=False) as clock:
        first = client.get("/api/v1/topics")
        assert first.headers["RateLimit-Policy"] == '"default";q=2;w=60'
        assert first.headers["RateLimit"] == '"default";r=1;t=34'
        assert (
            client.get("/api/v1/topics").headers["RateLimit"] == '"default";r=0;t=34'
        )  # a kept answer counts
        refused = client.get("/api/v1/topics")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "34")
        assert refused.json()["title"] == "Too many questions at once"
        assert client.get("/api/v1/topics", REMOTE_ADDR="203.0.113.9").status_code == 200
        clock.shift(timedelta(seconds=34))
        assert client.get("/api/v1/topics").status_code == 200


@pytest.mark.django_db
def test_a_count_that_was_put_out_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
    rf: RequestFactory,
    settings: LazySettings,
    at: datetime,
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # and nobody told where the request came from
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.add", lambda *_args, **_kwargs: False)
    assert limits.take(rf.get("/"), at).left == settings.ALTAVOZ_API_LIMIT - 1


@pytest.mark.django_db
def test_the_api_describes_itself(client: Client) -> None:
    found = client.get("/api/v1/openapi.json").json()
    assert found["openapi"] == "3.1.0"
    assert sorted(found["paths"]) == [
        "/api/v1/creators",
        "/api/v1/creators/{id}",
        "/api/v1/languages",
        "/api/v1/search",
        "/api/v1/topics",
        "/api/v1/works",
        "/api/v1/works/{id}",
    ]
    refusals = {
        tuple(response["content"])
        for path in found["paths"].values()
        for status, response in path["get"]["responses"].items()
        if int(status) >= 400
    }
    assert refusals == {("application/problem+json",)}


@pytest.mark.django_db
def test_people_find_a_page_about_it(client: Client) -> None:
    assert client.get("/api/").headers["Location"] == "/en/developers/"
    page = client.get("/ja/developers/")
    assert page.status_code == 200
    assert page.content.decode().count("<dt>") == 7
    assert b"https://altavoz.example" in page.content
