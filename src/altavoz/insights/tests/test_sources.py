"""Where readers came from: a class, whatever a browser or a stranger writes."""

import pytest
from django.utils import translation

from altavoz.insights.sources import source_of
from altavoz.insights.states import Source
from altavoz.insights.words import source_in_words


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("", Source.DIRECT),
        ("   ", Source.DIRECT),
        ("x" * 300, Source.DIRECT),
        ("altavoz.example", Source.OWN),
        ("ALTAVOZ.example:8000", Source.OWN),
        ("www.google.com", Source.SEARCH),
        ("google.co.jp", Source.SEARCH),
        ("www.google.com.mx", Source.SEARCH),
        ("yandex.ru", Source.SEARCH),
        ("fr.search.yahoo.com", Source.SEARCH),
        ("duckduckgo.com", Source.SEARCH),
        ("search.naver.com", Source.SEARCH),
        ("com.google.android.googlequicksearchbox", Source.SEARCH),
        ("gemini.google.com", Source.ASSISTANT),
        ("chatgpt.com", Source.ASSISTANT),
        ("mail.google.com", Source.OTHER),
        ("feedly.com", Source.FEED),
        ("mastodon.social", Source.MASTODON),
        ("mstdn.jp", Source.MASTODON),
        ("techhub.social", Source.MASTODON),
        ("org.joinmastodon.android", Source.MASTODON),
        ("bsky.social", Source.BLUESKY),
        ("t.co", Source.X),
        ("m.facebook.com", Source.FACEBOOK),
        ("l.instagram.com", Source.INSTAGRAM),
        ("lnkd.in", Source.LINKEDIN),
        ("old.reddit.com", Source.REDDIT),
        ("web.telegram.org", Source.TELEGRAM),
        ("web.whatsapp.com", Source.WHATSAPP),
        ("m.youtube.com", Source.YOUTUBE),
        ("news.ycombinator.com", Source.SOCIAL),
        ("blog.example.org", Source.OTHER),
        ("notgoogle.example", Source.OTHER),
        ("evil.com@google.com", Source.SEARCH),
        ("google.com.evil.example", Source.OTHER),
        ("<script>alert(1)</script>", Source.OTHER),
        ("\0", Source.OTHER),
        ("..", Source.DIRECT),
    ],
)
def test_a_host_has_a_class(host: str, source: Source) -> None:
    assert source_of(host, own={"altavoz.example"}) == source


def test_every_class_has_words() -> None:
    with translation.override("en"):
        assert str(source_in_words("search")) == "Search engines"
    assert source_in_words("orkut") == "orkut"
