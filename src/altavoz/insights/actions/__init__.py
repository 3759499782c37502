"""The only doors to a change in insights."""

from altavoz.insights.actions.carrying import carried
from altavoz.insights.actions.counting import count, count_feed, feed_named, flush
from altavoz.insights.actions.forgetting import forget
from altavoz.insights.actions.keys import ring, rotate
from altavoz.insights.actions.rolling import close_day, roll_up, roll_up_feeds
from altavoz.insights.actions.storing import Counted, Followed, add_figures, store

__all__ = [
    "Counted",
    "Followed",
    "add_figures",
    "carried",
    "close_day",
    "count",
    "count_feed",
    "feed_named",
    "flush",
    "forget",
    "ring",
    "roll_up",
    "roll_up_feeds",
    "rotate",
    "store",
]
