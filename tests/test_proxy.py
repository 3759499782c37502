"""The site behind the nginx that we ship: what it keeps, for whom, and how soon it forgets."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlsplit

import pytest
from bench import proxy

from tests.conftest import Demo

pytestmark = [pytest.mark.browser, pytest.mark.processes]
_PROMISED_S = 5.0
_Ask = Callable[..., tuple[HTTPResponse, bytes]]


@pytest.fixture(scope="module")
def ask(demo: Demo) -> Iterator[_Ask]:
    """Yield a function that asks nginx, which stands before the demo, for a path."""
    if proxy.program() is None:
        pytest.skip("no nginx on this machine: apt-get install nginx-light")
    with proxy.before(urlsplit(demo.site).port or 0, var=demo.var) as port:
        yield lambda path, method="GET", body=None, **headers: _ask(port, path, method, body, headers)


def _ask(
    port: int, path: str, method: str, body: bytes | None, headers: dict[str, str]
) -> tuple[HTTPResponse, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, quote(path, safe="/?=&%-:"), body=body, headers={"Host": "localhost", **named})
    answer = connection.getresponse()
    told = answer.read()
    connection.close()
    return answer, told


def _came(ask: _Ask, path: str, **headers: str) -> str:
    """Return how nginx came by the page."""
    return str(ask(path, **headers)[0].headers["X-Cache"])


def _signed_in(ask: _Ask, demo: Demo, role: str) -> str:
    """Return the cookie of a person of the demo."""
    answer, _ = ask(urlsplit(demo.links[role]).path)
    cookie = SimpleCookie(answer.headers["Set-Cookie"])
    return f"sessionid={cookie['sessionid'].value}"


def test_the_second_visitor_is_answered_by_nginx_alone(ask: _Ask) -> None:
    path = "/es/about/?second"
    assert [_came(ask, path), _came(ask, path)] == ["MISS", "HIT"]


def test_a_browser_that_has_the_page_gets_no_second_copy(ask: _Ask) -> None:
    path = "/fr/about/?etag"
    first, _ = ask(path)
    again, body = ask(path, If_None_Match=first.headers["ETag"])
    assert (again.status, body, again.headers["X-Cache"]) == (304, b"", "HIT")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_nginx_asks_whether_a_page_is_still_the_same(ask: _Ask) -> None:
    path = "/en/about/?same"
    ask(path)
    time.sleep(4.1)  # longer than it may be shown while a new one is fetched
    assert [_came(ask, path), _came(ask, path)] == ["REVALIDATED", "HIT"]


def test_a_page_is_shown_while_a_new_one_is_fetched(ask: _Ask) -> None:
    path = "/ar/about/?while"
    ask(path)
    while (came := _came(ask, path)) == "HIT":
        time.sleep(0.1)
    assert came == "STALE"
    time.sleep(0.5)
    assert _came(ask, path) == "HIT"


def test_compressed_and_plain_pages_are_kept_apart(ask: _Ask) -> None:
    path = "/ja/about/?zipped"
    plain = ask(path)[1]
    zipped, body = ask(path, Accept_Encoding="br, gzip;q=0.8")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == plain
    assert "Content-Encoding" not in ask(path)[0].headers
    assert _came(ask, path, Accept_Encoding="gzip, deflate, br, zstd") == "HIT"


def test_a_part_for_htmx_is_kept_apart(ask: _Ask) -> None:
    path = "/es/explore/?language=es"
    whole, part = ask(path)[1], ask(path, HX_Request="true")[1]
    assert len(part) < len(whole)
    assert ask(path)[1] == whole


@pytest.mark.parametrize("told", ["1", "True", "nonsense"])
def test_nobody_can_put_a_part_in_place_of_the_page(ask: _Ask, told: str) -> None:
    path = f"/es/explore/?language=fr&{told}"
    part = ask(path, HX_Request=told)[1]
    whole = ask(path)[1]
    assert (b"<html" in part, b"<html" in whole) == (False, True)
    assert ask(path, HX_Request="")[1] == whole


def test_programs_are_answered_in_their_language(ask: _Ask) -> None:
    path = "/api/v1/languages?spoken"
    answers = {tag: ask(path, Accept_Language=tag) for tag in ("ja", "ar", "ja")}
    assert [answer.headers["Content-Language"] for answer, _ in answers.values()] == ["ja", "ar"]
    assert answers["ja"][1] != answers["ar"][1]
    assert answers["ja"][0].headers["X-Cache"] == "HIT"


def test_cards_are_sent_by_their_own_addresses_only(ask: _Ask, demo: Demo) -> None:
    address = re.findall(r'og:image" content="[^"]+(/cards/[^"]+)"', ask("/es/")[1].decode())[0]
    assert ask(address)[0].headers["Content-Type"] == "image/png"
    assert (demo.var / "media" / address.lstrip("/")).exists()
    assert [ask(f"/media{form}{address}")[0].status for form in ("", "/.", "/x/..")] == [404, 404, 404]


def test_people_who_signed_in_get_their_own_page(ask: _Ask, demo: Demo) -> None:
    path = "/es/about/?own"
    everybodys = ask(path)[1]
    cookie = _signed_in(ask, demo, "Creator · La Culebra Curiosa")
    own, body = ask(path, Cookie=cookie)
    assert (own.headers["X-Cache"], own.headers["Cache-Control"]) == ("BYPASS", "private, no-cache")
    assert body != everybodys
    assert ask(path)[1] == everybodys


def test_files_of_pages_come_from_the_disk_and_may_stay(ask: _Ask) -> None:
    page = ask("/es/")[1].decode()
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    answer, body = ask(style, Accept_Encoding="gzip")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Cache" not in answer.headers
    assert b"--paper" in gzip.decompress(body)
    assert ask("/static/../keys/secret-key")[0].status in {400, 404}
    assert ask("/media/../keys/secret-key.png")[0].status in {400, 404}


def test_what_was_withdrawn_is_gone_within_five_seconds(ask: _Ask, demo: Demo) -> None:
    cookie = _signed_in(ask, demo, "Creator · La Culebra Curiosa")
    number, path = _a_visible_work(ask, cookie)
    pages = [
        *(path.replace("/es/", f"/{language}/", 1) for language in ("es", "en", "ar", "ja", "fr", "pt-br")),
        "/es/explore/?language=es",
        "/es/languages/es/",
        "/feeds/atom/",
    ]
    assert [page for page in pages if not _shows(ask, page, number)] == []
    # Feeds are asked of us each time, so that their readers can be counted.
    assert {_came(ask, page) for page in pages if page != "/feeds/atom/"} == {"HIT"}

    answer, _ = ask(f"/es/desk/works/{number}/withdraw/", "POST", b"", Cookie=cookie, Origin=demo.site)
    assert answer.status == 302
    deadline = time.monotonic() + _PROMISED_S
    while still := [page for page in pages if _shows(ask, page, number)]:
        assert time.monotonic() < deadline, still
        time.sleep(0.1)
    gone, body = ask(path)
    assert (gone.status, b"noindex" in body) == (410, True)
    assert unquote(path).partition(f"{number}-")[2].strip("/") not in body.decode()


def _shows(ask: _Ask, page: str, number: str) -> bool:
    return f"/works/{number}-" in ask(page)[1].decode()


def _a_visible_work(ask: _Ask, cookie: str) -> tuple[str, str]:
    """Return number and path of a work that its creator can withdraw and that is new enough for its language's page."""
    for number in re.findall(r'href="/es/desk/works/(\d+)/"', ask("/es/desk/", Cookie=cookie)[1].decode()):
        shown, _ = ask(f"/es/works/{number}-x/")
        if shown.status == 302 and _shows(ask, "/es/languages/es/", number):
            return number, str(shown.headers["Location"])
    raise AssertionError("the creator has nothing to withdraw")
