"""Programs are told from people by the names they give, and by what only browsers with a person send."""

import pytest

from altavoz.insights.machines import is_collector, is_machine

_MOZILLA = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"
PEOPLE = (
    f"{_MOZILLA} Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"{_IPHONE} (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 9; CUBOT X19) Chrome/120.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SM-A156M) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
    "Opera/9.80 (Android; Opera Mini/36.2/119.132; U; es) Presto/2.12.423 Version/12.16",
    f"{_IPHONE} [FBAN/FBIOS;FBAV/500.0]",
    f"{_IPHONE} [Pinterest/iOS]",
    "ELinks/0.17 (textmode; Linux; 80x24-2)",
)
MACHINES = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0)",
    f"{_MOZILLA}; compatible; GPTBot/1.2; +https://openai.com/gptbot",
    f"{_MOZILLA}; compatible; ChatGPT-User/1.0",
    f"{_MOZILLA}; compatible; OAI-SearchBot/1.0",
    "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "Mozilla/5.0 (compatible; Claude-User/1.0)",
    "Mozilla/5.0 (compatible; PerplexityBot/1.0)",
    f"{_MOZILLA}; compatible; Perplexity-User/1.0",
    "CCBot/2.0 (https://commoncrawl.org/faq/)",
    "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider; spider-feedback@example.com)",
    "meta-externalagent/1.1",
    "facebookexternalhit/1.1",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0",
    "Mastodon/4.4 (http.rb/5; +https://mastodon.example/) Bot",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
    "Mozilla/5.0 (compatible; SemrushBot/7)",
    "Mozilla/5.0 (compatible; archive.org_bot)",
    f"{_MOZILLA} HeadlessChrome/141.0.0.0 Safari/537.36",
    f"{_MOZILLA} Chrome/141.0.0.0 Safari/537.36 Chrome-Lighthouse",
    "curl/8.5.0",
    "Wget/1.24",
    "python-requests/2.32",
    "Python/3.11 aiohttp/3.12",
    "Go-http-client/2.0",
    "okhttp/4.12.0",
    "axios/1.7",
    "UptimeRobot/2.0",
    "",
)


@pytest.mark.parametrize("agent", PEOPLE)
def test_people_are_people(agent: str) -> None:
    assert is_machine(agent, accept_language="es-MX,es;q=0.9") is False


@pytest.mark.parametrize("agent", MACHINES)
def test_machines_are_machines(agent: str) -> None:
    assert is_machine(agent, accept_language="en") is True


def test_who_wants_no_language_or_looks_ahead_of_time_is_nobody() -> None:
    assert is_machine(PEOPLE[0], accept_language="") is True
    assert is_machine(PEOPLE[0], accept_language="es", purpose="prefetch;prerender") is True
    assert is_machine(PEOPLE[0], accept_language="es", purpose="Preview") is True


def test_only_the_beginning_of_an_endless_name_is_read() -> None:
    assert is_machine("x" * 100_000 + "bot", accept_language="es") is False


@pytest.mark.parametrize(
    ("agent", "collects"),
    [
        ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers)", False),
        ("NetNewsWire (RSS Reader; https://netnewswire.com/)", False),
        ("Thunderbird/128.0", False),
        ("FeedBot personal", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1)", True),
        ("GPTBot/1.2", True),
        ("curl/8.5.0", True),
        ("", True),
    ],
)
def test_a_feed_has_readers_and_collectors(agent: str, collects: bool) -> None:  # noqa: FBT001 - a table
    assert is_collector(agent) is collects
