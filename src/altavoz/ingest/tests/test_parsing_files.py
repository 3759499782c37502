"""Every kind of document, each with the values expected from it beside it."""

import json
from pathlib import Path

import pytest

from altavoz.ingest import parsing
from altavoz.ingest.tests.told import told

FILES = Path(__file__).parent / "files"
FEEDS = sorted(
    path.name for path in FILES.glob("*") if path.suffix in {".xml", ".json"} and ".expected" not in path.name
)
PAGES = sorted(path.name for path in FILES.glob("*.html"))
WHERE = {
    "youtube_channel.html": "https://www.youtube.com/@serpientes",
    "youtube_watch.html": "https://www.youtube.com/watch?v=AAAAAAAAAA1&t=5",
}


def expected(name: str) -> object:
    return json.loads((FILES / f"{name}.expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_read_as_the_file_beside_it_says(name: str) -> None:
    found = parsing.read_feed((FILES / name).read_bytes(), url="https://where.example/feed.xml")
    assert told(found) == expected(name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_read_as_the_file_beside_it_says(name: str) -> None:
    where = WHERE.get(name, "https://blog.example/2025/tipos")
    assert told(parsing.page_of((FILES / name).read_bytes(), "text/html", where)) == expected(name)
