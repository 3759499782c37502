"""Addresses of the pages that add channels and prove whose they are."""

from django.urls import path

from altavoz.web.pages.add import adding, proving

urlpatterns = [
    path("", adding.add, name="add"),
    path("thanks/", adding.thanks, name="add_thanks"),
    path("<int:pk>/", proving.prove, name="prove"),
    path("<int:pk>/check/", proving.check, name="check_proof"),
]
