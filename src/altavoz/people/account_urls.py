"""The addresses of the sign-in library: pages below the interface language, platforms' answers below none."""

from allauth.urls import build_provider_urlpatterns
from django.urls import URLPattern, URLResolver, include, path

from altavoz.people.views.settings import no_passwords

#: Pages, under `/<interface language>/account/`.
pages: list[URLPattern | URLResolver] = [
    path("password/<path:rest>", no_passwords),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
]

#: Where GitHub, GitLab and Google send people back to: one address each, under `/account/`, whatever language.
platforms: list[URLPattern | URLResolver] = build_provider_urlpatterns()
