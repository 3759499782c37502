"""Addresses of the pages that add channels and prove whose they are."""

from django.urls import path

from altavoz.web.pages.add import adding, confirming, proving

urlpatterns = [
    path("", adding.add, name="add"),
    path("found/<slug:token>/", adding.found, name="found"),
    path("thanks/", confirming.thanks, name="add_thanks"),
    path("confirm/<str:token>/", confirming.mailed, name="confirm_suggestion"),
    path("<int:pk>/", proving.prove, name="prove"),
    path("<int:pk>/check/", proving.check, name="check_proof"),
]
