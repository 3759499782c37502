"""Reading a feed again: what is as it was is not read, and whatever shapes items makes all of them be read."""

import json
from datetime import UTC, datetime

import pytest

from altavoz.ingest.deciding import Known, decide, prepare
from altavoz.ingest.parsing import Marks, NotAFeed, Window, marks, read_window, windows
from altavoz.ingest.parsing.marks import digest_of, mark_of
from altavoz.ingest.parsing.values import Item

HERE = "https://b.example/feed"
MAY = datetime(2026, 5, 1, 12, 0, 0, 250, tzinfo=UTC)


def entry(number: int, title: str = "Uno", link: str = "", more: str = "") -> str:
    return (
        f"<entry><id>urn:{number}</id><title>{title}</title><link href='{link or f'/{number}'}'/>"
        f"<published>2026-05-0{number}T00:00:00Z</published>{more}</entry>"
    )


def atom(*entries: str, top: str = "", attributes: str = "xml:lang='es'") -> bytes:
    inner = "".join(entries)
    return f"<feed xmlns='http://www.w3.org/2005/Atom' {attributes}>{top}{inner}</feed>".encode()


def rss(*titles: str, language: str = "es", base: str = "") -> bytes:
    items = "".join(f"<item><guid>{t}</guid><title>{t}</title><link>/{t}</link></item>" for t in titles)
    return (
        f"<rss version='2.0'><channel xml:base='{base}'><language>{language}</language>{items}</channel></rss>"
    ).encode()


def jsonfeed(*titles: str, **more: object) -> bytes:
    items = [{"id": t, "url": f"/{t}", "title": t} for t in titles]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items} | more).encode()


def read(body: bytes, known: Marks | None = None, *, url: str = HERE, setting: str = "") -> Window:
    # What is remembered goes through the database.
    stored = Marks.unpacked(known.packed()) if known else Marks()
    found = read_window(body, url=url, known=stored, setting=setting)
    assert isinstance(found, Window)
    return found


def keys(window: Window) -> list[str]:
    return [item.key for item in window.feed.items]


def test_only_what_is_new_or_changed_is_read() -> None:
    first = read(atom(entry(1), entry(2), entry(3)))
    assert (keys(first), first.held, first.dates) == (["urn:1", "urn:2", "urn:3"], frozenset(), ())
    again = read(atom(entry(4), entry(3, "Otro"), entry(2)), first.marks)
    assert keys(again) == ["urn:4", "urn:3"]
    assert again.held == {digest_of(b"urn:2")}
    assert again.dates == (datetime(2026, 5, 2, tzinfo=UTC),)
    assert keys(read(atom(entry(4), entry(3, "Otro"), entry(2)), again.marks)) == []


@pytest.mark.parametrize("write", [rss, jsonfeed])
def test_rss_and_json_are_read_again_like_atom(write: object) -> None:
    assert callable(write)
    first = read(write("a", "b"))
    again = read(write("b", "c"), first.marks)
    assert (keys(first), keys(again), again.held) == (["a", "b"], ["c"], frozenset((digest_of(b"b"),)))


@pytest.mark.parametrize(
    "changed",
    [
        {"body": atom(entry(1), attributes="xml:lang='pt'")},
        {"body": atom(entry(1), top="<author><name>Ana</name></author>")},
        {"body": atom(entry(1), attributes="xml:lang='es' xml:base='https://c.example/'")},
        {"url": "https://moved.example/feed"},
        {"setting": "gl"},
    ],
)
def test_all_is_read_when_what_shapes_every_item_changes(changed: dict[str, object]) -> None:
    first = read(atom(entry(1)))
    assert keys(read(atom(entry(1)), first.marks)) == []
    window = read(**({"body": atom(entry(1)), "known": first.marks} | changed))  # type: ignore[arg-type]
    assert (keys(window), window.held) == (["urn:1"], frozenset())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rss("a"), rss("a", language="pt")),
        (rss("a"), rss("a", base="https://c.example/")),
        (jsonfeed("a"), jsonfeed("a", language="pt")),
        (jsonfeed("a"), jsonfeed("a", authors=[{"name": "Ana"}])),
    ],
)
def test_so_it_is_in_rss_and_json(old: bytes, new: bytes) -> None:
    first = read(old)
    assert (keys(read(old, first.marks)), keys(read(new, first.marks))) == ([], ["a"])


def test_all_is_read_by_a_newer_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(atom(entry(1)))
    monkeypatch.setattr(marks, "VERSION", marks.VERSION + 1)
    assert keys(read(atom(entry(1)), first.marks)) == ["urn:1"]


def test_views_and_likes_are_no_news() -> None:
    def video(views: int) -> str:
        counted = f"<media:community><media:statistics views='{views}'/></media:community>"
        return entry(
            1, more=f"<media:group xmlns:media='http://search.yahoo.com/mrss/'>{counted}</media:group>"
        )

    assert keys(read(atom(video(9)), read(atom(video(1))).marks)) == []


def test_all_is_read_when_a_new_item_bears_the_name_of_a_held_one() -> None:
    first = read(atom(entry(1)))
    window = read(atom(entry(1, "Nuevo", "/nuevo"), entry(1)), first.marks)
    assert (len(window.feed.items), window.held, window.marks.items) == (2, frozenset(), {})


@pytest.mark.parametrize("body", [atom(entry(1), entry(1, "Otro")), atom(entry(1), "<entry/>")])
def test_nothing_is_remembered_of_a_feed_whose_elements_are_no_items(body: bytes) -> None:
    assert read(body).marks.packed() == b""
    assert keys(read(body, read(atom(entry(1))).marks)) == ["urn:1"]


def test_nothing_is_remembered_of_what_is_read_leniently_or_is_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read(atom(entry(1), "<entry>")).marks == Marks()
    monkeypatch.setattr(windows, "MAX_MARKS", 1)
    assert read(atom(entry(1), entry(2))).marks == Marks()


def test_what_is_no_feed_stays_none() -> None:
    assert isinstance(read_window(b"<p/>", known=Marks()), NotAFeed)


def test_marks_are_stored_in_few_bytes() -> None:
    told = Marks(7, {2**64 - 1: mark_of("a", MAY), 1: mark_of("b", None)})
    assert (len(told.packed()), Marks.unpacked(told.packed())) == (8 + 2 * 24, told)
    assert marks.dates_of(told.items.values()) == (MAY,)
    assert Marks.unpacked(b"") == Marks()
    assert told.without(["a"]).items == {1: mark_of("b", None)}
    assert told.without([]) is told


def item(key: str, url: str = "https://b.example/1/", title: str = "Uno") -> Item:
    return Item(key=key, url=url, title=title, published_at=MAY)


def test_nothing_is_taken_for_a_held_entry() -> None:
    one = prepare(item("a"))
    old = Known(
        id=1, key="a", canonical_url=one.canonical_url, title="Uno", published_at=MAY, digest=one.digest
    )
    held = {digest_of(b"a")}
    same_address, same_words = prepare(item("b")), prepare(item("c", "https://c.example/2/"))
    found = decide([old], [same_address, same_words], deleted=["a"], held=held)
    assert (found.new, found.changed, found.gone, found.twice) == ((same_words,), (), (), ("b",))
    assert found.unchanged == 1
