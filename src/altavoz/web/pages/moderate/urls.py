"""Addresses of the moderation desk."""

from django.urls import path

from altavoz.web.pages.moderate import cases, catalogues, landing, leads

urlpatterns = [
    path("", landing.moderate, name="moderate"),
    path("next/", landing.next_case, name="next_case"),
    path("leads/", leads.leads, name="leads"),
    path("leads/<int:pk>/", leads.hand_back, name="hand_back"),
    path("catalogues/", catalogues.catalogues, name="catalogues"),
    path("catalogues/<int:pk>/<str:language>/", catalogues.propose, name="propose_adoption"),
    path("adoptions/<int:pk>/sign/", catalogues.second, name="second_adoption"),
    path("adoptions/<int:pk>/revoke/", catalogues.revoke, name="revoke_adoption"),
    path("cases/<uuid:token>/", cases.case, name="case"),
    path("cases/<uuid:token>/renew/", cases.renew, name="renew_case"),
    path("cases/<uuid:token>/skip/", cases.skip, name="skip_case"),
    path("cases/<uuid:token>/recuse/", cases.recuse, name="recuse_case"),
]
