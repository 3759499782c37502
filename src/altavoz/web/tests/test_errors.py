"""Pages for bad days."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from altavoz.people.models import Account
from altavoz.web.pages import errors
from altavoz.web.tests.browser import Browser, wrong_with


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
        (errors.broken, 500),
        (errors.unavailable, 503),
    ],
)
def test_errors_need_no_database(page: object, status: int) -> None:
    request = RequestFactory().get("/es/somewhere/")
    response = page(request)  # type: ignore[operator]
    assert response.status_code == status
    assert wrong_with(response.content.decode()) == []
    assert b'<meta name="robots" content="noindex">' in response.content


@pytest.mark.django_db
def test_an_address_that_is_none(browser: Browser) -> None:
    response = browser.get("/ar/nothing-here/")
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_who_is_signed_in_sees_so_on_an_error(browser: Browser, person: Account) -> None:
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert b"<bdi>Ana</bdi>" in browser.get("/es/nothing-here/").content


def test_the_broken_page_asks_the_database_nothing(
    person: Account, browser: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    request = RequestFactory().get("/es/")
    request.COOKIES["sessionid"] = browser.cookies["sessionid"].value
    with django_assert_num_queries(0):
        assert errors.broken(request).status_code == 500


def test_a_database_that_is_away_is_no_fault_of_the_program() -> None:
    try:
        raise OperationalError("the server closed the connection")  # noqa: TRY301 - as the database layer would
    except OperationalError:
        response = errors.broken(RequestFactory().get("/es/"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
