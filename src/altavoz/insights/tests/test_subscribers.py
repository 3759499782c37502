"""What services tell of their readers, and whom we believe."""

import pytest

from altavoz.insights.subscribers import Told, told_by


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; )", Told("feedly", 42)),
        ("Mozilla/5.0 (compatible; inoreader.com; 7 subscribers)", Told("inoreader", 7)),
        ("NewsBlur Feed Fetcher - 1 subscriber - http://www.newsblur.com", Told("newsblur", 1)),
        ("Feedbin feed-id:1 - 3 subscribers", Told("feedbin", 3)),
        ("Tiny Tiny RSS/23 (http://tt-rss.org/) 5 readers", Told("tiny-tiny-rss", 5)),
        ("Feedly/1.0 (999999999 subscribers)", Told("feedly", 100_000)),
        ("Feedly/1.0", None),
        ("Somebody (9000 subscribers)", None),
        ("x" * 600 + "feedly 9 subscribers", None),
        ("", None),
    ],
)
def test_services_are_believed_and_strangers_are_not(agent: str, told: Told | None) -> None:
    assert told_by(agent) == told
