"""When somebody signs out, what their browser kept of this site is forgotten with the session."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class LeavingMiddleware:
    """Asks the browser to clear its caches and storage with the answer that ends a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; add Clear-Site-Data where the session cookie is taken away."""
        response = self.get_response(request)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie["max-age"] == 0:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
