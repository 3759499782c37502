"""A change passes only if our own page, or no page at all, asked for it."""

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.decorators.csrf import csrf_protect

from altavoz.web.middleware.origin import OriginCheckMiddleware
from altavoz.web.tests.browser import Browser

HOST = "altavoz.example"


@csrf_protect
def change(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("changed")


def send(headers: dict[str, str], *, method: str = "POST", cookie: bool = True, secure: bool = True) -> int:
    factory = RequestFactory(headers={"host": HOST} | headers)
    if cookie:
        factory.cookies["sessionid"] = "x"
    request = factory.generic(method, "/en/desk/", secure=secure)
    return OriginCheckMiddleware(change)(request).status_code


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": f"https://{HOST}"}, 403),
        ({"Sec-Fetch-Site": "nonsense"}, 403),
        ({"Origin": f"https://{HOST}"}, 200),
        ({"Origin": f"http://{HOST}"}, 403),
        ({"Origin": f"https://{HOST}:8443"}, 403),
        ({"Origin": f"https://evil.{HOST}"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://[nonsense"}, 403),
        ({"Origin": "https://evil.example", "Referer": f"https://{HOST}/en/"}, 403),
        ({"Referer": f"https://{HOST}/en/"}, 200),
        ({"Referer": f"https://evil.example/https://{HOST}/"}, 403),
        ({}, 403),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_who_may_change_something(headers: dict[str, str], status: int, method: str) -> None:
    assert send(headers, method=method) == status


def test_reading_is_free() -> None:
    assert send({"Sec-Fetch-Site": "cross-site"}, method="GET") == 200


def test_a_program_without_a_session_passes() -> None:
    assert send({}, cookie=False) == 200
    assert send({"Origin": "https://evil.example"}, cookie=False) == 403


def test_the_address_the_request_was_sent_to_is_ours(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["mirror.example"]
    factory = RequestFactory(headers={"host": "mirror.example", "Origin": "http://mirror.example"})
    assert OriginCheckMiddleware(change)(factory.post("/")).status_code == 200


def test_a_host_that_is_not_ours_is_no_origin_of_ours() -> None:
    factory = RequestFactory(headers={"host": "evil.example", "Origin": "http://evil.example"})
    assert OriginCheckMiddleware(change)(factory.post("/")).status_code == 403


@pytest.mark.django_db
def test_the_refusal_is_a_page_of_ours(browser: Browser) -> None:
    response = browser.post("/es/about/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert b'<html lang="' in response.content


def test_tests_that_do_not_ask_for_the_check_are_spared(client: Client) -> None:
    assert (
        client.post("/es/about/", headers={"host": HOST, "Sec-Fetch-Site": "cross-site"}).status_code == 200
    )
