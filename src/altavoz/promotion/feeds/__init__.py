"""Feeds of any selection of works: Atom, RSS 2.0, JSON Feed 1.1 and OPML, written piece by piece (pure)."""

from altavoz.promotion.feeds.atom import atom
from altavoz.promotion.feeds.items import Author, Enclosure, Feed, FeedItem, Outline, tag_uri
from altavoz.promotion.feeds.jsonfeed import json_feed
from altavoz.promotion.feeds.opml import opml
from altavoz.promotion.feeds.rss import rss

__all__ = [
    "CONTENT_TYPES",
    "Author",
    "Enclosure",
    "Feed",
    "FeedItem",
    "Outline",
    "atom",
    "json_feed",
    "opml",
    "rss",
    "tag_uri",
]

#: What to serve each format as.
CONTENT_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "opml": "text/x-opml; charset=utf-8",
}
