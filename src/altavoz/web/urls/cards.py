"""Addresses of card pictures; each ends in a digest of what is drawn."""

from django.urls import re_path

from altavoz.web.pages import cards

app_name = "cards"

_DIGEST = "[0-9a-f]{12}"

urlpatterns = [
    re_path(
        rf"^cards/works/(?P<name>[1-9][0-9]{{0,17}}-[0-9]{{1,9}}-{_DIGEST})\.png$", cards.work, name="work"
    ),
    re_path(rf"^cards/creators/(?P<name>[1-9][0-9]{{0,17}}-{_DIGEST})\.png$", cards.creator, name="creator"),
    re_path(
        rf"^cards/languages/(?P<name>[A-Za-z0-9-]{{2,35}}-{_DIGEST})\.png$", cards.language, name="language"
    ),
    re_path(rf"^cards/site-(?P<name>{_DIGEST})\.png$", cards.site, name="site"),
]
