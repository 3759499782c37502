"""Addresses of the promotion desk."""

from django.urls import path

from altavoz.web.pages.promote import channels, connecting, overview, posts

urlpatterns = [
    path("", overview.promote, name="promote"),
    path("posts/", overview.history, name="posts"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/<slug:step>/", posts.decide, name="decide_post"),
    path("channels/connect/", connecting.connect, name="connect_channel"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/pause/", channels.pause, name="pause_channel"),
    path("channels/<int:pk>/resume/", channels.resume, name="resume_channel"),
]
