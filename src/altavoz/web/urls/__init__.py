"""Addresses of the pages, below the interface language."""

from django.urls import include, path

from altavoz.web.pages import (
    creators,
    explore,
    gallery,
    guidelines,
    home,
    languages,
    offline,
    plain,
    reporting,
    searches,
    translating,
    transparency,
    work_files,
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
    path("works/<int:pk>-<str:slug>/translate/", translating.translate, name="translate_work"),
    path("works/<int:pk>/cite.bib", work_files.bibtex, name="work_bibtex"),
    path("works/<int:pk>/cite.cff", work_files.cff, name="work_cff"),
    path("works/<int:pk>/calendar.ics", work_files.calendar, name="work_calendar"),
    path("translations/<int:pk>/remove/", translating.remove, name="remove_translation"),
    path("report/thanks/", reporting.thanks, name="report_thanks"),
    path("report/mailed/", reporting.mailed, name="report_mailed"),
    path("report/confirm/<str:token>/", reporting.confirm, name="confirm_report"),
    path("report/<str:subject>/", reporting.report, name="report"),
    path("searches/", searches.searches, name="searches"),
    path("searches/save/", searches.save, name="save_search"),
    path("searches/<int:pk>/forget/", searches.forget, name="forget_search"),
    path("creators/", creators.creators, name="creators"),
    path("creators/<str:slug>/", creators.creator, name="creator"),
    path("creators/<str:slug>/embed/", creators.embed, name="creator_embed"),
    path("guidelines/", guidelines.guidelines, name="guidelines"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("about/", plain.about, name="about"),
    path("privacy/", plain.privacy, name="privacy"),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("add/", include("altavoz.web.pages.add.urls")),
    path("desk/", include("altavoz.web.pages.desk.urls")),
    path("moderate/", include("altavoz.web.pages.moderate.urls")),
    path("promote/", include("altavoz.web.pages.promote.urls")),
    path("offline/", offline.offline, name="offline"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("gallery/", gallery.gallery, name="gallery"),
]
