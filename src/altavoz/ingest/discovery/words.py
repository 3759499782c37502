"""Why nothing was found at an address, and what to do about it."""

from collections.abc import Mapping
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.core import fetch
from altavoz.core.fetch import Failure, Reason
from altavoz.ingest.discovery.values import NotFound

_WORDS: Mapping[str, Promise] = {
    "empty": _("Paste the address of your channel, blog or podcast, as your browser shows it."),
    "not_an_address": _(
        "This is not a web address. Open your channel, blog or podcast in a browser and copy its whole address."
    ),
    "status_missing": _(
        "The site says that there is no such page. Check the address, or open it in a browser and copy it again."
    ),
    "status_denied": _(
        "The site does not let us read this page. If it needs a sign-in, choose an address that everybody can open."
    ),
    "status_busy": _("The site asks us to come back later. Try again in an hour."),
    "status_error": _(
        "The site answered with an error of its own. Try again later, or tell whoever runs the site."
    ),
    "login_wall": _(
        "The site asks us to sign in first. Choose an address that everybody can open, or the address of its feed."
    ),
    "robots": _(
        "The site asks programs not to read this page (in its robots.txt), and we keep to that. Paste the address of "
        "its feed, or ask whoever runs the site to let Altavoz in."
    ),
    "took_too_long": _("The site is very slow today, so we stopped waiting. Try again later."),
    "our_fault": _("Something broke on our side. We were told; try again in a few minutes."),
    "no_feed": _(
        "We read the page and found neither a feed nor a single work on it. Paste the address of its feed (often "
        "called RSS), or the address of one article, video or episode."
    ),
    "empty_page": _("The page is empty. Check the address in a browser."),
    "media_file": _(
        "This is a sound or video file. Paste the address of the page or podcast it belongs to, so that we know its "
        "title and author."
    ),
    "not_a_page": _("This is a file, not a page or feed. Paste the address of the page that links to it."),
    "feed_entities": _(
        "This feed contains definitions (ENTITY) that can be used for attacks, so we do not read it. Ask whoever runs "
        "the site to leave them out."
    ),
    "feed_broken": _(
        "There is a feed, but it is damaged and cannot be read. Ask whoever runs the site to repair it."
    ),
    "youtube_home": _("This is YouTube itself. Paste the address of a channel, a playlist or a video."),
    "youtube_channel": _(
        "YouTube does not show a channel at this address. Open the channel, choose Share, then Copy channel ID, and "
        "paste https://www.youtube.com/channel/ followed by that ID."
    ),
    "youtube_private_list": _(
        "This list is made for each viewer or is private, so nobody else can follow it. Choose a public playlist."
    ),
    "youtube_feed": _(
        "YouTube did not give us the list of videos just now; that happens for hours or days at a time. The channel "
        "may be right all the same: try again later."
    ),
    "youtube_video": _("YouTube does not show this video to everybody. Choose one that is public."),
    "peertube": _("The PeerTube site did not give us its list of videos. Check the address of the channel."),
    "too_many_steps": _(
        "The site sends us from place to place. Paste the address of its feed, if you know it."
    ),
}


def not_found(code: str, address: str) -> NotFound:
    """Return why nothing was found, in words."""
    return NotFound(code, address, _WORDS[code])


def because(code: str) -> Promise:
    """Return the words of a code that `not_found` or `from_failure` gave; apologies for one we do not know."""
    reason = code.removeprefix("fetch_")
    if reason != code and reason in set(Reason):
        return fetch.in_words(Failure("", Reason(reason), ""))
    return _WORDS.get(code, _WORDS["our_fault"])


def from_failure(failure: Failure, address: str) -> NotFound:
    """Return why nothing could be fetched, in words."""
    return NotFound(f"fetch_{failure.reason}", address, fetch.in_words(failure))


def from_status(status: int, address: str) -> NotFound:
    """Return what an error status means for the person who gave the address."""
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return not_found("status_missing", address)
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return not_found("status_busy", address)
    denied = status < HTTPStatus.INTERNAL_SERVER_ERROR
    return not_found("status_denied" if denied else "status_error", address)
