"""Components: each is complete, refuses what it does not know, and survives hostile content."""

from importlib import import_module

import pytest
from django.conf import LazySettings
from django.template import TemplateSyntaxError, engines
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from altavoz.web import component
from altavoz.web.components.page_header import tag as page_header
from altavoz.web.gallery.samples import WORKS
from altavoz.web.site import Site
from altavoz.web.tests.browser import wrong_with

PARTS = sorted(component.load())


def draw(source: str, **values: object) -> str:
    request = RequestFactory().get("/es/")
    return engines["django"].from_string("{% load altavoz %}" + source).render(values, request)


@pytest.mark.parametrize("name", PARTS)
def test_a_component_is_a_folder_with_four_files(name: str) -> None:
    files = {path.name for path in (component.ROOT / name).iterdir() if path.is_file()}
    assert files == {"__init__.py", "gallery.py", "style.css", "tag.py", "template.html"}
    assert import_module(f"altavoz.web.components.{name}.gallery").EXAMPLES
    assert component.REGISTRY[name].function.__doc__


def test_folders_and_components_have_the_same_names() -> None:
    folders = {path.name for path in component.ROOT.iterdir() if (path / "tag.py").exists()}
    assert folders == set(PARTS)


def test_an_unknown_attribute_fails_and_lists_those_accepted() -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        draw("{% duration secconds=3 %}")
    assert str(caught.value) == "duration does not know secconds; it accepts seconds"


def test_a_missing_attribute_fails() -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        draw("{% meter value=3 %}")
    assert str(caught.value) == "meter needs label, maximum; it accepts value, maximum, label"


def test_attributes_have_names() -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        draw("{% duration 3 %}")
    assert str(caught.value) == "duration takes attributes written name=value, not 3"


def test_a_card_is_remembered_per_language() -> None:
    with translation.override("es"):
        spanish = draw("{% work_card work=work base='/es/' %}", work=WORKS[0])
    with translation.override("ja"):
        japanese = draw("{% work_card work=work base='/es/' %}", work=WORKS[0])
    assert "3 mar 2026" in spanish
    assert "2026/03/03" in japanese


def test_what_is_remembered_for_safe_html_is_not_drawn_for_a_text_that_equals_it() -> None:
    words = "Ana <b>& Co"
    safe = draw("{% skip_link target='x' label=words %}", words=mark_safe(words))  # noqa: S308 - on purpose
    unsafe = draw("{% skip_link target='x' label=words %}", words=words)
    assert safe == '<a class="skip-link" href="#x">Ana <b>& Co</a>'
    assert unsafe == '<a class="skip-link" href="#x">Ana &lt;b&gt;&amp; Co</a>'


@pytest.mark.parametrize(
    "path", ["/es/", "/es/explore/?q=%22%3Cb%3E&language=es", "/es/works/1-a&b'c/", "/es/creators/ñandú/"]
)
def test_the_head_that_visitors_share_is_the_one_drawn_for_the_page(path: str) -> None:
    request = RequestFactory().get(path)
    with translation.override("es"):
        site = Site(request)
        within = tuple(site.path.startswith(site.address(name)) for name, _words in page_header.WAYS)
        fresh = component.drawn("page_header", page_header._values(site, within))
        shared = engines["django"].from_string("{% load altavoz %}{% page_header %}").render({}, request)
    assert shared == fresh


@pytest.mark.parametrize("code", ["es", "ar", "ja"])
def test_the_gallery_shows_every_component(client: Client, settings: LazySettings, code: str) -> None:
    settings.DEMO = True
    html = client.get(f"/{code}/gallery/", headers={"host": "altavoz.example"}).content.decode()
    # The same examples stand there from left to right and from right to left; so do their ids.
    assert [wrong for wrong in wrong_with(html) if not wrong.startswith("id twice")] == []
    assert html.count('class="gallery-entry"') == len(PARTS)


@pytest.mark.parametrize("name", PARTS)
def test_examples_hold_what_we_promise_of_pages(name: str) -> None:
    for example in import_module(f"altavoz.web.components.{name}.gallery").EXAMPLES:
        with translation.override("ar"):
            assert wrong_with(draw(example.source, **example.values)) == []
