"""Citations hold whatever a title holds, and other programs read them."""

from datetime import date

import pytest
import yaml

from altavoz.web import citing
from altavoz.web.citing import Work

HOSTILE = [
    "100 % {Python} & \\commands_$ #1 ~^",
    "quotes \" and ' and : - [x] {y}",
    "}} @article{evil, title={x}",
    "línea\nnueva\r\ny\ttabulador \x00\x1b[31m",
    "日本語と العربية 🐍👩🏽‍💻 \u202eevil\u202c",
    "---\n- yaml: !!python/object:os.system",
    "x" * 200,
]


def _work(**given: object) -> Work:
    facts = {
        "key": "altavoz42", "title": "Bucles & más", "authors": ("Lucía Ñandú", "Fish and Chips"),
        "published": date(2026, 3, 14), "url": "https://www.example.org/watch?v=a_b", "host": "example.org",
        "kind": "video", "form": "Vídeo", "language": "es", "seen": date(2026, 3, 20),
    }  # fmt: skip
    return Work(**facts | given)  # type: ignore[arg-type]  # mixed on purpose


def test_in_words() -> None:
    assert citing.plain(_work()) == (
        "Lucía Ñandú, Fish and Chips (2026-03-14). Bucles & más [Vídeo]. example.org. "
        "https://www.example.org/watch?v=a_b"
    )
    assert citing.plain(_work(authors=(), published=None)).startswith("example.org. Bucles")


def test_for_biblatex() -> None:
    assert citing.bibtex(_work()) == (
        "@online{altavoz42,\n"
        '  author = "{Lucía Ñandú} and {Fish and Chips}",\n'
        '  title = "{Bucles \\& más}",\n'
        '  titleaddon = "{Vídeo}",\n'
        '  organization = "{example.org}",\n'
        '  date = "2026-03-14",\n'
        '  language = "es",\n'
        '  url = "https://www.example.org/watch?v=a_b",\n'
        '  urldate = "2026-03-20",\n'
        "}\n"
    )


def test_as_citation_file() -> None:
    assert yaml.safe_load(citing.cff(_work())) == {
        "cff-version": "1.2.0",
        "message": "If you use this work, please cite it as below.",
        "title": "Bucles & más",
        "authors": [{"name": "Lucía Ñandú"}, {"name": "Fish and Chips"}],
        "url": "https://www.example.org/watch?v=a_b",
        "preferred-citation": {
            "type": "video",
            "title": "Bucles & más",
            "url": "https://www.example.org/watch?v=a_b",
            "date-published": date(2026, 3, 14),
            "date-accessed": date(2026, 3, 20),
            "languages": ["es"],
            "authors": [{"name": "Lucía Ñandú"}, {"name": "Fish and Chips"}],
        },
    }


def test_what_nobody_knows_is_left_out() -> None:
    bare = _work(authors=(), published=None, kind="other", language="zh-Hant")
    assert "author" not in citing.bibtex(bare)
    told = yaml.safe_load(citing.cff(bare))["preferred-citation"]
    assert (told["type"], told["authors"], told["languages"]) == (
        "generic",
        [{"name": "example.org"}],
        ["zh"],
    )
    assert "date-published" not in told
    for tag in ("", "und"):
        assert "languages" not in yaml.safe_load(citing.cff(_work(language=tag)))["preferred-citation"]
    nothing = yaml.safe_load(citing.cff(_work(authors=(), host="", url="urn:x")))
    assert nothing["authors"] == [{"name": "Altavoz"}]
    assert "url" not in nothing
    assert "url" not in nothing["preferred-citation"]


def test_two_people_of_one_name_are_one_author_as_the_format_demands() -> None:
    assert yaml.safe_load(citing.cff(_work(authors=("Ana", "Ana"))))["authors"] == [{"name": "Ana"}]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_in_their_field(title: str) -> None:
    work = _work(title=title, authors=(title,))
    entry = citing.bibtex(work)
    assert len(entry.splitlines()) == 10
    assert _balanced(entry)
    assert "\x1b" not in entry + citing.cff(work) + citing.plain(work)
    assert "\u202e" not in entry + citing.cff(work) + citing.plain(work)
    told = yaml.safe_load(citing.cff(work))
    assert list(told) == ["cff-version", "message", "title", "authors", "url", "preferred-citation"]
    assert told["title"] == told["authors"][0]["name"] == citing._line(title)
    assert "\n" not in citing.plain(work)


@pytest.mark.parametrize("url", ["https://x.example/{a}\\b c\nd", "https://x.example/é/日"])
def test_addresses_hold_nothing_that_ends_a_field(url: str) -> None:
    told = yaml.safe_load(citing.cff(_work(url=url)))["url"]
    assert told.isascii()
    assert not set(told) & set("{}\\ \n")
    assert _balanced(citing.bibtex(_work(url=url)))


def _balanced(entry: str) -> bool:
    """Count as BibTeX does: every brace, also one behind a backslash; the last one closes the first."""
    depth, closings = 0, 0
    for char in entry.rstrip():
        depth += (char == "{") - (char == "}")
        closings += depth == 0 and char == "}"
    return depth == 0 and closings == 1
