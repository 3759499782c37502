"""Addresses of the creator's desk."""

from django.urls import path

from altavoz.web.pages.desk import channels, overview, profile, reach, works

urlpatterns = [
    path("", overview.desk, name="desk"),
    path("works/<int:pk>/", works.work, name="desk_work"),
    path("claims/", overview.claims, name="desk_claims"),
    path("works/<int:pk>/language/", works.language, name="work_language"),
    path("works/<int:pk>/withdraw/", works.withdraw, name="withdraw"),
    path("works/<int:pk>/reach/", reach.work, name="desk_work_reach"),
    path("works/<int:pk>/reach.csv", reach.work_file, name="desk_work_reach_file"),
    path("reach/", reach.creator, name="desk_reach"),
    path("reach.csv", reach.creator_file, name="desk_reach_file"),
    path("channels/<int:pk>/", channels.channel, name="desk_channel"),
    path("channels/<int:pk>/visit/", channels.visit, name="visit_channel"),
    path("channels/<int:pk>/everything/", channels.everything, name="want_everything"),
    path("channels/<int:pk>/remove/", channels.remove, name="remove_channel"),
    path("creators/<int:pk>/", profile.edit, name="edit_creator"),
]
