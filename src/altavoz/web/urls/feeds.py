"""Addresses of the feeds: one per format, with the same filters as `explore/`."""

from django.urls import path, re_path

from altavoz.web.pages import feeds

app_name = "feeds"

urlpatterns = [
    re_path(r"^feeds/(?P<kind>atom|rss|json)/$", feeds.feed, name="feed"),
    path("feeds/opml/", feeds.opml, name="opml"),
]
