"""The addresses of the account pages that are our own, below the interface language."""

from django.urls import path

from altavoz.people.views import affiliations, demo, leaving, settings, teams

app_name = "people"

urlpatterns = [
    path("settings/", settings.settings, name="settings"),
    path("settings/export/", leaving.export, name="export"),
    path("settings/delete/", leaving.delete, name="delete"),
    path("settings/affiliations/", affiliations.affiliations, name="affiliations"),
    path("settings/affiliations/<int:pk>/end/", affiliations.end, name="end_affiliation"),
    path("settings/teams/", teams.teams, name="teams"),
    path("settings/teams/<int:pk>/", teams.team, name="team"),
    path("settings/teams/<int:pk>/join/", teams.join, name="join_team"),
    path("settings/memberships/<int:pk>/leave/", teams.leave, name="leave_team"),
    path("settings/memberships/<int:pk>/role/", teams.role, name="change_role"),
    path("demo/sign-in/<str:token>/", demo.demo_sign_in, name="demo_sign_in"),
]
