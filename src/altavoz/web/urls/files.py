"""Addresses outside the interface languages: what machines ask for by name."""

from django.urls import path

from altavoz.web.pages import counting, files, media, offline, root, transparency

app_name = "files"

urlpatterns = [
    path("", root.root, name="root"),
    path("robots.txt", files.robots, name="robots"),
    path("sw.js", offline.worker, name="worker"),
    path("favicon.ico", files.favicon, name="favicon"),
    path("count/", counting.count, name="count"),
    path("count.gif", counting.dot, name="dot"),
    path("transparency.json", transparency.figures, name="transparency"),
    path("media/<path:name>", media.media, name="media"),
    path(".well-known/security.txt", files.security, name="security"),
]
