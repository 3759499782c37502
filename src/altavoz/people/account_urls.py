"""The addresses of the sign-in library: pages below the interface language, platforms' answers below none."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from allauth.socialaccount import urls as socialaccount
from allauth.urls import build_provider_urlpatterns
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path

from altavoz.people.views.settings import no_passwords

_Patterns = list[URLPattern | URLResolver]


def _on_our_pages(patterns: Iterable[URLPattern | URLResolver]) -> _Patterns:
    """Return the library's addresses with views that leave the name `site` in templates to our pages."""
    return [
        URLResolver(one.pattern, _on_our_pages(one.url_patterns))
        if isinstance(one, URLResolver)
        else URLPattern(one.pattern, _without_site(one.callback), one.default_args, one.name)
        for one in patterns
    ]


def _without_site(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(*args, **kwargs)
        if isinstance(answer, TemplateResponse) and answer.context_data:
            answer.context_data.pop("site", None)
        return answer

    return wrapped


#: Pages, under `/<interface language>/account/`.
pages: _Patterns = [
    path("password/<path:rest>", no_passwords),
    *_on_our_pages(account.urlpatterns),
    path("2fa/", include(_on_our_pages(mfa.urlpatterns))),
    path("3rdparty/", include(_on_our_pages(socialaccount.urlpatterns))),
]

#: Where GitHub, GitLab and Google send people back to: one address each, under `/account/`, whatever language.
platforms: _Patterns = build_provider_urlpatterns()
