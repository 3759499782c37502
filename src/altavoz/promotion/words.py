"""Channels and posts told in plain words."""

from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from altavoz.promotion.models import Channel, Post
from altavoz.promotion.states import TROUBLES, ChannelState, PostState


def post_in_words(post: Post) -> str:
    """Return one or two sentences on where a post is and what happens next; times are the channel's."""
    said = _sentence(post) % {
        "channel": post.channel.handle,
        "due": _time(post.channel, post.due_at),
        "sent": _time(post.channel, post.sent_at),
        "next": _time(post.channel, post.next_at),
        "reason": post.note,
    }
    shows_trouble = post.trouble and post.state not in {PostState.WITHDRAWN, PostState.SKIPPED}
    return f"{said} {TROUBLES[post.trouble]}" if shows_trouble else said


def _sentence(post: Post) -> str:
    asks = post.state == PostState.UNKNOWN and post.next_at is None
    return {
        PostState.PLANNED: _("Planned for %(due)s on %(channel)s. It goes out when a promoter approves it."),
        PostState.APPROVED: _("Goes out at %(next)s on %(channel)s."),
        PostState.SENDING: _("Is being sent to %(channel)s."),
        PostState.UNKNOWN: _("Perhaps on %(channel)s. Please look there, and tell us what you found.")
        if asks
        else _("Perhaps on %(channel)s. We look again at %(next)s before anything is sent."),
        PostState.SENT: _("Posted at %(sent)s on %(channel)s."),
        PostState.EDITED: _("Posted at %(sent)s on %(channel)s, and brought up to date since."),
        PostState.FAILED: _("Not on %(channel)s."),
        PostState.SKIPPED: _("Left out on %(channel)s: %(reason)s"),
        PostState.WITHDRAWING: _("Is being taken back from %(channel)s."),
        PostState.WITHDRAWN: _("Not on %(channel)s any more.")
        if post.sent_at
        else _("Cancelled before it reached %(channel)s."),
        PostState.LEFT_BEHIND: _("Still on %(channel)s. We could not take it back; please delete it there."),
    }[PostState(post.state)]


def channel_in_words(channel: Channel) -> str:
    """Return one or two sentences on how a channel is, and what to do where something is wrong."""
    if channel.trouble:
        return " ".join([_("This channel has paused itself."), str(TROUBLES[channel.trouble])])
    return {
        ChannelState.ACTIVE: _("This channel works."),
        ChannelState.PAUSED: _("A promoter has paused this channel."),
        ChannelState.DISCONNECTED: _("This account was given up."),
    }[ChannelState(channel.state)]


def _time(channel: Channel, moment: datetime | None) -> str:
    return formats.date_format(moment.astimezone(channel.zone), "DATETIME_FORMAT") if moment else ""
