"""Addresses of the moderation desk."""

from django.urls import path

from altavoz.web.pages.moderate import cases, landing, leads

urlpatterns = [
    path("", landing.moderate, name="moderate"),
    path("next/", landing.next_case, name="next_case"),
    path("leads/", leads.leads, name="leads"),
    path("leads/<int:pk>/", leads.hand_back, name="hand_back"),
    path("cases/<uuid:token>/", cases.case, name="case"),
    path("cases/<uuid:token>/renew/", cases.renew, name="renew_case"),
    path("cases/<uuid:token>/skip/", cases.skip, name="skip_case"),
    path("cases/<uuid:token>/recuse/", cases.recuse, name="recuse_case"),
]
