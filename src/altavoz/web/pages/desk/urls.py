"""Addresses of the creator's desk."""

from django.urls import path

from altavoz.web.pages.desk import channels, overview, profile, works

urlpatterns = [
    path("", overview.desk, name="desk"),
    path("works/<int:pk>/", works.work, name="desk_work"),
    path("works/<int:pk>/withdraw/", works.withdraw, name="withdraw"),
    path("channels/<int:pk>/", channels.channel, name="desk_channel"),
    path("channels/<int:pk>/remove/", channels.remove, name="remove_channel"),
    path("creators/<int:pk>/", profile.edit, name="edit_creator"),
]
