"""Addresses of the pages, below the interface language."""

from django.urls import include, path

from altavoz.web.pages import (
    creators,
    explore,
    gallery,
    guidelines,
    home,
    languages,
    plain,
    transparency,
    works,
)

app_name = "web"

urlpatterns = [
    path("", home.home, name="home"),
    path("explore/", explore.explore, name="explore"),
    path("languages/", languages.languages, name="languages"),
    path("languages/map.svg", languages.picture, name="voice_map"),
    path("languages/<slug:tag>/", languages.language, name="language"),
    path("works/<int:pk>-<str:slug>/", works.work, name="work"),
    path("creators/", creators.creators, name="creators"),
    path("creators/<str:slug>/", creators.creator, name="creator"),
    path("guidelines/", guidelines.guidelines, name="guidelines"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("about/", plain.about, name="about"),
    path("privacy/", plain.privacy, name="privacy"),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("add/", include("altavoz.web.pages.add.urls")),
    path("desk/", include("altavoz.web.pages.desk.urls")),
    path("moderate/", include("altavoz.web.pages.moderate.urls")),
    path("promote/", include("altavoz.web.pages.promote.urls")),
    path("gallery/", gallery.gallery, name="gallery"),
]
