"""What is being done while an address is looked at, in words for who is waiting; pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.core.fetch import Request
from altavoz.ingest import addresses

_FEED_ENDINGS = (".xml", ".rss", ".atom", ".rdf", ".json")
_FEED_NAMES = frozenset({"feed", "feeds", "rss", "atom", "oembed"})
#: More places than a page links to are guesses.
_GUESSES = 5


class Stage(StrEnum):
    """One thing that is done."""

    PAGE = "page"
    FEED = "feed"
    PLACES = "places"
    CHANNEL = "channel"
    VIDEO = "video"
    VIDEOS = "videos"


WORDS: Mapping[str, Promise] = {
    "": _("It is our turn in a moment…"),
    Stage.PAGE: _("Opening the address…"),
    Stage.FEED: _("Looking for a feed…"),
    Stage.PLACES: _("The page names no feed. Trying the usual places…"),
    Stage.CHANNEL: _("Opening the channel…"),
    Stage.VIDEO: _("Opening the video…"),
    Stage.VIDEOS: _("Reading the list of videos…"),
}


def stage_of(requests: Sequence[Request], number: int) -> Stage:
    """Return what the `number`-th round of requests (from 0) is for."""
    url = requests[0].url
    if addresses.is_youtube(url):
        if is_feed(url):
            return Stage.VIDEOS
        return Stage.VIDEO if addresses.youtube_video(url) else Stage.CHANNEL
    if number == 0:
        return Stage.PAGE
    return Stage.PLACES if len(requests) >= _GUESSES else Stage.FEED


def is_feed(url: str) -> bool:
    """Tell whether an address is by its form one that is made for programs: a feed, or an interface."""
    try:
        path = urlsplit(url).path.lower().rstrip("/")
    except ValueError:  # nothing can be there; fetching says so
        return True
    return (
        path.endswith(_FEED_ENDINGS)
        or path.rsplit("/", 1)[-1] in _FEED_NAMES
        or path.startswith(("/api/", "/feeds/"))
    )
