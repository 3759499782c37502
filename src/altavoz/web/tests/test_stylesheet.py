"""One stylesheet, small, with logical properties only."""

import gzip
import re
from pathlib import Path

from django.conf import LazySettings
from django.contrib.staticfiles import finders

from altavoz.web import stylesheet
from altavoz.web.tests.browser import Browser

_PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|width|height"
    r"|(?:min|max)-(?:width|height))\s*:(?!\s*\d+r?em\))"
)


def test_every_file_is_in_and_print_comes_last() -> None:
    names = [path.name for path in stylesheet.sources()]
    assert names[0] == "10-tokens.css"
    assert names[-1] == "90-print.css"
    assert len(names) == len(set(stylesheet.sources()))


def test_it_weighs_little() -> None:
    assert len(gzip.compress(stylesheet.bundle().encode(), 9)) < 20_000


def test_properties_are_logical() -> None:
    assert _PHYSICAL.findall(stylesheet.bundle()) == []


def test_braces_match_and_nothing_is_imported() -> None:
    text = stylesheet.bundle()
    assert text.count("{") == text.count("}")
    assert "@import" not in text
    assert "/*" not in text


def test_the_finder_offers_it_as_one_file() -> None:
    found = finders.find(stylesheet.NAME)
    assert isinstance(found, str)
    with open(found, encoding="utf-8") as file:  # noqa: PTH123 - the finder returns text
        assert file.read() == stylesheet.bundle()
    assert finders.find(stylesheet.NAME, find_all=True) == [found]
    assert [name for name, _ in stylesheet.StylesheetFinder().list(None)] == [stylesheet.NAME]


def test_it_is_served_before_anything_was_collected(browser: Browser) -> None:
    response = browser.get("/static/web/altavoz.css")
    assert response.status_code == 200
    assert b"".join(response) == stylesheet.bundle().encode()


def test_tokens_used_are_defined() -> None:
    text = stylesheet.bundle()
    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used - set(re.findall(r"(--[\w-]+)\s*:", text)) == set()


def test_icons_used_are_drawn() -> None:
    sprite = finders.find("web/icons.svg")
    assert isinstance(sprite, str)
    with open(sprite, encoding="utf-8") as file:  # noqa: PTH123 - the finder returns text
        drawn = set(re.findall(r'id="([\w-]+)"', file.read()))
    named: set[str] = set()
    for path in stylesheet.ROOT.rglob("*.html"):
        named |= set(re.findall(r"icon(?: name)?=['\"]([\w-]+)['\"]", path.read_text(encoding="utf-8")))
    assert named - drawn == set()


def test_it_is_written_when_it_changed(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    finder = stylesheet.StylesheetFinder()
    found = Path(str(finder.find(stylesheet.NAME)))
    found.write_text("old", encoding="utf-8")
    assert Path(str(finder.find(stylesheet.NAME))).read_text(encoding="utf-8") == stylesheet.bundle()
    assert finder.find("web/other.css") == []
    assert finder.check() == []
    assert [path.name for path in found.parent.iterdir()] == ["altavoz.css"]
