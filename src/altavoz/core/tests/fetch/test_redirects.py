"""Redirects: followed to public places only, with nothing secret in the luggage."""

import asyncio

import pytest

from altavoz.core.fetch import Failure, Redirect, Request, Response, urls
from altavoz.core.fetch.messages import Refused
from altavoz.core.fetch.redirects import Step, after
from altavoz.core.tests.fetch.servers import (
    Answer,
    Asked,
    Names,
    Server,
    allowing,
    ask,
    asked_of,
    body_of,
    failed,
    moves,
    routes,
    run,
    says,
    sends,
    serving,
)


def _follow(answer: Answer, path: str, **request: object) -> tuple[Response | Failure, Server]:
    async def scene() -> tuple[Response | Failure, Server]:
        async with serving(answer) as server:
            return await ask(Request(server.url(path), **request), allowing(server)), server  # type: ignore[arg-type]

    return run(scene())


def test_the_way_is_told() -> None:
    response, server = _follow(routes(a=moves("/b", 301), b=moves("c?x=ñ", 307), c=says(b"there")), "/a")
    assert isinstance(response, Response)
    assert (response.url, response.body) == (server.url("/c?x=%C3%B1"), b"there")
    assert response.redirects == (
        Redirect(301, server.url("/b")),
        Redirect(307, server.url("/c?x=%C3%B1")),
    )
    assert server.paths == ["/a", "/b", "/c?x=%C3%B1"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "refused_address"),
        ("//127.0.0.1/", "refused_address"),
        ("http://2130706433/", "refused_address"),
        ("http://[::ffff:10.0.0.1]/", "refused_address"),
        ("http://inside.test/", "refused_address"),
        ("http://127.0.0.1:22/", "refused_port"),
        ("http://nowhere.test/", "dns"),
        ("file:///etc/passwd", "bad_redirect"),
        ("gopher://127.0.0.1:6379/_INFO", "bad_redirect"),
        ("http://user:pass@93.184.215.14/", "bad_redirect"),
        ("http://[::1", "bad_redirect"),
        ("", "bad_redirect"),
        ("/a", "too_many_redirects"),
        ("#again", "too_many_redirects"),
    ],
)
def test_a_redirect_is_checked_like_an_address(location: str, reason: str) -> None:
    async def scene() -> tuple[Response | Failure, list[str]]:
        async with serving(moves(location)) as server:
            names = Names(inside_test=[["10.0.0.1"]])
            return await ask(server.url("/a"), allowing(server), names), server.paths

    outcome, paths = run(scene())
    assert (failed(outcome), paths) == (reason, ["/a"])


def test_a_redirect_without_location_is_a_failure() -> None:
    assert failed(run(asked_of(says(b"", "302 Found")))) == "bad_redirect"


def test_a_location_in_odd_bytes_is_followed() -> None:
    odd = sends(b"HTTP/1.1 302 Found\r\nLocation: /\xf1 x\r\nContent-Length: 0\r\n\r\n")

    async def scene() -> Response | Failure:
        async with serving(routes(a=odd, **{"%C3%B1%20x": says(b"odd")})) as server:
            return await ask(server.url("/a"), allowing(server))

    assert body_of(run(scene())) == b"odd"


def test_a_ring_of_redirects_is_left_when_it_closes() -> None:
    outcome, server = _follow(routes(a=moves("/b"), b=moves("/c"), c=moves("/a")), "/a")
    assert (failed(outcome), server.paths) == ("too_many_redirects", ["/a", "/b", "/c"])


@pytest.mark.parametrize(("most", "asked"), [(0, 1), (3, 4), (5, 6)])
def test_an_endless_chain_is_left(most: int, asked: int) -> None:
    chain = {str(number): moves(f"/{number + 1}") for number in range(20)}
    outcome, server = _follow(routes(**chain), "/0", max_redirects=most)
    assert (failed(outcome), len(server.asked)) == ("too_many_redirects", asked)


def test_a_chain_of_just_the_length_is_followed() -> None:
    chain = {str(number): moves(f"/{number + 1}") for number in range(5)}
    outcome, _ = _follow(routes(**chain, **{"5": says(b"end")}), "/0")
    assert body_of(outcome) == b"end"


def test_the_time_is_shared_by_all_redirects() -> None:
    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        await moves(asked.path + "x")(asked, writer)

    outcome, server = _follow(slow, "/", timeout_s=0.25)
    assert (failed(outcome), len(server.asked)) == ("timeout", 3)


def test_secrets_stay_with_the_first_server() -> None:
    async def scene() -> tuple[dict[str, str], dict[str, str]]:
        async with serving(says(b"two")) as two, serving(routes(a=moves("/b"), b=moves(two.url()))) as one:
            request = Request(
                one.url("/a"),
                headers={
                    "Authorization": "Bearer t",
                    "X-Api-Key": "k",
                    "Cookie": "c",
                    "Accept-Language": "es",
                },
            )
            assert body_of(await ask(request, allowing(one, two))) == b"two"
            return one.asked[1].headers, two.asked[0].headers

    same, other = run(scene())
    automatic = {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert {name: same[name] for name in same.keys() - automatic} == {
        "Authorization": "Bearer t",
        "X-Api-Key": "k",
        "Cookie": "c",
        "Accept-Language": "es",
    }
    assert {name: other[name] for name in other.keys() - automatic} == {"Accept-Language": "es"}


HERE = "https://a.example/form"
SENT = {"Content-Type": "text/plain", "Authorization": "t", "Accept": "x"}


@pytest.mark.parametrize(
    ("status", "location", "method", "headers", "body"),
    [
        (303, "/x", "GET", {"Authorization": "t", "Accept": "x"}, None),
        (302, "//b.example/", "GET", {"Accept": "x"}, None),
        (307, "/x", "POST", SENT, b"form"),
    ],
)
def test_what_becomes_of_a_form(
    status: int, location: str, method: str, headers: dict[str, str], body: bytes | None
) -> None:
    step = after(Step("POST", urls.parse(HERE), SENT, b"form"), status, location)
    assert (step.method, dict(step.headers), step.body) == (method, headers, body)


@pytest.mark.parametrize(
    ("status", "location", "reason"),
    [
        (307, "//b.example/", "bad_redirect"),
        (308, "https://a.example:8443/", "bad_redirect"),
        (302, "http://a.example/form", "insecure_redirect"),
    ],
)
def test_where_a_form_is_not_carried(status: int, location: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        after(Step("POST", urls.parse(HERE), SENT, b"form"), status, location)
    assert refusal.value.reason == reason
