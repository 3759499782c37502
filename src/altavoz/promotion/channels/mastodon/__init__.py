"""Mastodon, and every server that speaks its API."""

from altavoz.promotion.channels.mastodon.network import Mastodon

network = Mastodon()
