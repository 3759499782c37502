"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from altavoz.people import account_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("altavoz.core.urls")),
    path("", include("altavoz.ingest.urls")),
    path("", include("altavoz.web.urls.files")),
    path("", include("altavoz.web.urls.feeds")),
    path("", include("altavoz.web.urls.cards")),
    path("", include("altavoz.web.urls.machines")),
    path("", include("altavoz.api.urls")),
    path(settings.ALTAVOZ_ADMIN_PATH, admin.site.urls),
    path("account/", include(account_urls.platforms)),
    *i18n_patterns(
        path("", include("altavoz.web.urls")),
        path("", include("altavoz.api.page_urls")),
        path("", include("altavoz.people.urls")),
        path("account/", include(account_urls.pages)),
    ),
]

handler400 = "altavoz.web.pages.errors.bad_request"
handler403 = "altavoz.web.pages.errors.forbidden"
handler404 = "altavoz.web.pages.errors.not_found"
handler500 = "altavoz.web.pages.errors.broken"
