"""What pages say of themselves to machines, held against what those document that they need."""

import json
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from lxml import html

from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator, Publication, Revision, Thumbnail
from altavoz.web import heads, og
from altavoz.web.site import Site
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

ROOT = "https://altavoz.example"
#: What Google's documentation requires or recommends of each type we use.
WANTED = {
    "VideoObject": ["name", "thumbnailUrl", "uploadDate", "description", "duration", "embedUrl"],
    "Article": ["headline", "image", "author", "datePublished", "dateModified"],
    "PodcastEpisode": ["name", "url", "datePublished", "description", "associatedMedia", "partOfSeries"],
    "Course": ["name", "description", "provider", "hasCourseInstance"],
    "Event": ["name", "startDate", "location", "eventStatus", "eventAttendanceMode", "image", "organizer"],
    "ProfilePage": ["mainEntity", "dateCreated"],
    "CollectionPage": ["name", "url", "mainEntity"],
    "WebSite": ["name", "url", "potentialAction"],
}


def get(browser: Browser, path: str) -> HttpResponse:
    """Return the head of a work as its page includes it; of anything else the page."""
    if "/works/" not in path:
        return cast("HttpResponse", browser.get(path))
    pk = int(path.split("/")[3].partition("-")[0])
    site = Site.of_nobody(path)
    with translation.override(path.split("/")[1]):
        drawn = render_to_string("web/work_head.html", {"publication": showcase.work(pk), "site": site})
    return HttpResponse(f"<html><head>{drawn}</head></html>")


def head(response: HttpResponse) -> Any:  # noqa: ANN401 - lxml has no types
    return html.document_fromstring(response.content.decode()).find("head")


def data(response: HttpResponse) -> dict[str, Any]:
    (script,) = head(response).xpath("script[@type='application/ld+json']")
    found = json.loads(script.text)
    assert found["@context"] == "https://schema.org"
    assert [name for name in WANTED.get(found["@type"], []) if not found.get(name)] == []
    return dict(found)


def metas(response: HttpResponse) -> list[tuple[str, str]]:
    return [
        (one.get("property") or one.get("name"), one.get("content"))
        for one in head(response).xpath(
            "meta[@property or starts-with(@name, 'twitter') or starts-with(@name, 'fedi')]"
        )
    ]


def page(work: Publication, code: str = "es") -> str:
    assert work.published_revision is not None
    return f"/{code}/{work.published_revision.page}"


def test_a_work_tells_networks_what_to_show(browser: Browser, publish: Publish, at: datetime) -> None:
    work = publish()
    response = get(browser, page(work, "ar"))
    assert metas(response) == [
        ("og:site_name", "Altavoz"),
        ("og:type", "video.other"),
        ("og:title", "Asincronía 1"),
        ("og:description", "Cómo esperar sin bloquear."),
        ("og:url", f"{ROOT}{page(work, 'ar')}"),
        ("og:locale", "es_ES"),
        ("og:locale:alternate", "pt_BR"),
        ("og:locale:alternate", "fr_FR"),
        ("og:locale:alternate", "en_US"),
        ("og:locale:alternate", "ar_EG"),
        ("og:locale:alternate", "ja_JP"),
        ("og:image", og.address(work)),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", "Asincronía 1"),
        ("video:release_date", (at - timedelta(days=1)).isoformat()),
        ("video:duration", "754"),
        ("video:tag", "asyncio"),
        ("twitter:card", "summary_large_image"),
        ("fediverse:creator", "@lucia@hachyderm.example"),
    ]


def test_a_page_names_itself_in_every_language_and_as_oembed(browser: Browser, publish: Publish) -> None:
    work = publish()
    found = head(cast("HttpResponse", browser.get(page(work))))
    assert found.xpath("link[@rel='canonical']/@href") == [f"{ROOT}{page(work)}"]
    assert found.xpath("link/@hreflang") == ["es", "pt-BR", "fr", "en", "ar", "ja", "x-default"]
    links = found.xpath("link[contains(@type, 'oembed')]/@href")
    assert [browser.get(link.removeprefix(ROOT)).status_code for link in links] == [200, 200]


def test_a_video(browser: Browser, publish: Publish, at: datetime) -> None:
    thumbnail = Thumbnail.objects.create(
        url_hash="x",
        fetched_at=at,
        renditions=[{"name": "a.webp", "type": "image/webp", "width": 320, "height": 180}],
    )
    work = publish(thumbnail=thumbnail, licence="https://creativecommons.org/licenses/by/4.0/")
    assert data(get(browser, page(work))) == {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "description": "Cómo esperar sin bloquear.",
        "inLanguage": "es",
        "url": "https://www.youtube.com/watch?v=abcdefghij1",
        "mainEntityOfPage": f"{ROOT}{page(work)}",
        "keywords": ["asyncio"],
        "image": [f"{ROOT}/media/a.webp", og.address(work)],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "name": "Asincronía 1",
        "uploadDate": (at - timedelta(days=1)).isoformat(),
        "duration": "PT754S",
        "embedUrl": "https://www.youtube-nocookie.com/embed/abcdefghij1",
        "author": [{"@type": "Person", "name": "Lucía Ñandú", "url": f"{ROOT}/en/creators/lucia-nandu/"}],
        "thumbnailUrl": [f"{ROOT}/media/a.webp", og.address(work)],
    }


def test_an_article(browser: Browser, publish: Publish) -> None:
    found = data(get(browser, page(publish(kind="article", title="x" * 300, url="https://blog.example/1"))))
    assert (found["@type"], len(found["headline"])) == ("Article", 110)


def test_an_episode_belongs_to_a_series(browser: Browser, publish: Publish) -> None:
    media = {
        "media_url": "https://cdn.example/1.mp3",
        "media_type": "audio/mpeg",
        "url": "https://pod.example/1",
    }
    found = data(get(browser, page(publish(kind="podcast", **media))))
    assert found["partOfSeries"] == [
        {"@type": "PodcastSeries", "name": "Lucía Ñandú", "url": f"{ROOT}/en/creators/lucia-nandu/"}
    ]
    assert found["associatedMedia"]["contentUrl"] == "https://cdn.example/1.mp3"


def test_a_course_has_somebody_who_gives_it(browser: Browser, publish: Publish) -> None:
    found = data(get(browser, page(publish(kind="course", url="https://school.example/python"))))
    assert found["provider"][0]["name"] == "Lucía Ñandú"
    alone = data(get(browser, page(publish(2, kind="course", by=None, url="https://school.example/python"))))
    assert alone["provider"] == [
        {"@type": "Organization", "name": "school.example", "url": "https://school.example/"}
    ]


def test_what_is_live_and_says_when_is_an_event(browser: Browser, publish: Publish, at: datetime) -> None:
    found = data(get(browser, page(publish(kind="live", starts_at=at))))
    assert (found["@type"], found["startDate"]) == ("Event", at.isoformat())
    assert data(get(browser, page(publish(2, kind="live"))))["@type"] == "VideoObject"


def test_a_kind_nobody_described_is_a_work_all_the_same(browser: Browser, publish: Publish) -> None:
    assert data(get(browser, page(publish(kind="zine"))))["@type"] == "CreativeWork"


def test_a_title_cannot_end_the_script_it_stands_in(browser: Browser, publish: Publish) -> None:
    work = publish(title="</script><script>alert(1)", summary='"><meta name="x">')
    assert data(get(browser, page(work)))["name"] == "</script><script>alert(1)"


def test_a_creator(browser: Browser, creator: Creator, publish: Publish) -> None:
    publish()
    Creator.objects.filter(pk=creator.pk).update(website="https://lucia.example/")
    response = get(browser, "/es/creators/lucia-nandu/")
    found = data(response)
    assert found["mainEntity"] == {
        "@type": "Person",
        "name": "Lucía Ñandú",
        "url": "https://lucia.example/",
        "description": "Vídeos de Python.",
        "image": og.creator_address(creator),
        "sameAs": ["https://lucia.example/"],
        "alternateName": ["@lucia@hachyderm.example"],
        "@id": f"{ROOT}/es/creators/lucia-nandu/#creator",
    }
    assert ("og:type", "profile") in metas(response)
    assert ("profile:username", "lucia-nandu") in metas(response)


def test_a_hub_lists_what_it_shows(browser: Browser, publish: Publish) -> None:
    work = publish()
    response = get(browser, "/fr/languages/es/")
    found = data(response)
    assert found["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Asincronía 1", "url": f"{ROOT}{page(work, 'fr')}"}
    ]
    assert ("og:image", og.language_address("es")) in metas(response)


@pytest.mark.django_db
def test_a_hub_of_a_language_that_is_not_ours_has_the_card_of_the_site() -> None:
    assert heads.of_language("tlh", f"{ROOT}/es/languages/tlh/", ()).image == og.site_address()


@pytest.mark.django_db
def test_the_front_page_says_how_to_search(browser: Browser) -> None:
    found = data(get(browser, "/ja/"))
    assert found["potentialAction"]["target"]["urlTemplate"] == f"{ROOT}/ja/explore/?q={{search_term_string}}"
    response = get(browser, "/ja/about/")
    assert ("og:image", og.site_address()) in metas(response)
    assert head(response).xpath("script[@type='application/ld+json']") == []


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("es", "es_ES"),
        ("pt-br", "pt_BR"),
        ("zh-Hant", "zh_TW"),
        ("sw", "sw_TZ"),
        ("und", ""),
        ("tlh", ""),
        ("eo", "eo_001"),
    ],
)
def test_languages_as_open_graph_writes_them(tag: str, written: str) -> None:
    assert heads.locale(tag) == written


def test_a_work_without_any_date_has_that_of_its_arrival(
    publish: Publish, browser: Browser, at: datetime
) -> None:
    work = publish()
    Revision.objects.filter(publication=work).update(published_at=None)
    Publication.objects.filter(pk=work.pk).update(first_published_at=None)
    response = get(browser, page(work))
    assert data(response)["uploadDate"] == at.isoformat()
    assert "video:release_date" not in dict(metas(response))
