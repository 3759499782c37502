"""Tells browsers which of their powers no page of ours ever asks for."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_REFUSED = ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
_POLICY = ", ".join(f"{power}=()" for power in _REFUSED)


class HeadersMiddleware:
    """Adds Permissions-Policy; Django and django-csp add the other security headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the policy."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        return response
