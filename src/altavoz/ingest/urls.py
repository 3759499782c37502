"""Addresses of this room: where hubs call us."""

from django.urls import path

from altavoz.ingest import views

app_name = "ingest"
urlpatterns = [path("websub/<str:token>/", views.websub, name="websub")]
