"""Our own pages as others embed them: safe, without frames, within the room there is."""

import json
from urllib.parse import urlencode

import pytest
from lxml import etree, html

from altavoz.showcase.models import Creator, Publication
from altavoz.showcase.states import State
from altavoz.web import og
from altavoz.web.tests.browser import Browser
from altavoz.web.tests.conftest import Publish

ROOT = "https://altavoz.example"


def ask(**given: object) -> str:
    return f"/oembed/?{urlencode(given)}"


def page(work: Publication, code: str = "es") -> str:
    assert work.published_revision is not None
    return f"{ROOT}/{code}/{work.published_revision.page}"


def test_a_work_is_quoted(browser: Browser, publish: Publish) -> None:
    work = publish()
    response = browser.get(ask(url=page(work)))
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert json.loads(response.content) == {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Altavoz",
        "provider_url": f"{ROOT}/",
        "title": "Asincronía 1",
        "author_name": "Lucía Ñandú",
        "author_url": f"{ROOT}/es/creators/lucia-nandu/",
        "cache_age": 3600,
        "html": (
            f'<blockquote class="altavoz" cite="{page(work)}" lang="es" dir="auto"><p><a href="{page(work)}">'
            "Asincronía 1</a></p><p>Cómo esperar sin bloquear.</p><footer>Lucía Ñandú · Altavoz</footer></blockquote>"
        ),
        "width": 600,
        "height": 220,
        "thumbnail_url": og.address(work),
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def test_a_creator_is_quoted(browser: Browser, creator: Creator, publish: Publish) -> None:
    publish()
    Creator.objects.filter(pk=creator.pk).update(slug="lucía")
    creator.refresh_from_db()
    found = json.loads(browser.get(ask(url=f"{ROOT}/ar/creators/luc%C3%ADa/")).content)
    assert (found["title"], found["author_url"]) == ("Lucía Ñandú", f"{ROOT}/ar/creators/luc%C3%ADa/")
    assert found["thumbnail_url"] == og.creator_address(creator)
    assert 'lang=""' in found["html"]


def test_xml_says_the_same(browser: Browser, publish: Publish) -> None:
    work = publish(title="a < b & c", summary="", by=None)
    told = json.loads(browser.get(ask(url=page(work))).content)
    response = browser.get(ask(url=page(work), format="xml"))
    tree = etree.fromstring(response.content)
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert {one.tag: one.text for one in tree} == {name: str(value) for name, value in told.items()}
    assert "author_name" not in told


def test_it_keeps_to_the_room_there_is(browser: Browser, publish: Publish) -> None:
    address = ask(url=page(publish()), maxwidth=320, maxheight=100)
    found = json.loads(browser.get(address).content)
    assert (found["width"], found["height"]) == (320, 100)
    assert "thumbnail_url" not in found
    assert "bloquear" not in found["html"]


def test_what_is_hostile_stays_text(browser: Browser, publish: Publish) -> None:
    work = publish(title='<script>alert(1)</script>"><img src=x>', summary="<iframe src=//evil>")
    told = json.loads(browser.get(ask(url=page(work) + '?"onclick=1')).content)
    tags = {one.tag for one in html.fragment_fromstring(told["html"]).iter()}
    assert tags == {"blockquote", "p", "a", "footer"}
    assert html.fragment_fromstring(told["html"]).xpath("//a/@*") == [page(work) + '?"onclick=1']


@pytest.mark.parametrize(
    "url",
    [
        "", "https://evil.example/es/works/1-a/", "javascript:alert(1)", "https://altavoz.example",
        f"{ROOT}/es/", f"{ROOT}/xx/works/1-a/", f"{ROOT}/es/works/99999-a/", f"{ROOT}/es/creators/nobody/",
        f"{ROOT}/es/desk/", "https://[", f"{ROOT}/es/nothing/here/",
        f"{ROOT}//x", f"{ROOT}//[x", f"{ROOT}/es/creators/%00/",
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_only_what_we_show_can_be_embedded(browser: Browser, url: str) -> None:
    assert browser.get(ask(url=url)).status_code == 404


def test_a_withdrawn_work_is_gone_here_as_well(browser: Browser, publish: Publish) -> None:
    work = publish()
    address = ask(url=page(work))
    Publication.objects.filter(pk=work.pk).update(state=State.WITHDRAWN, published_revision=None)
    assert browser.get(address).status_code == 404
    assert browser.get(ask(url=page(publish(2)), format="yaml")).status_code == 501
