"""Which players we know, and which addresses we leave alone."""

import pytest

from altavoz.web.embeds import Player, player


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.youtube.com/watch?v=abc-efgh_jk", "https://www.youtube-nocookie.com/embed/abc-efgh_jk"),
        ("https://youtu.be/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://m.youtube.com/shorts/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"),
        ("https://tube.example/w/9c9de5e8-0a1e", "https://tube.example/videos/embed/9c9de5e8-0a1e"),
        ("https://tube.example/videos/watch/abcdefgh/", "https://tube.example/videos/embed/abcdefgh"),
    ],
)
def test_frames(url: str, address: str) -> None:
    assert player(url) == Player("frame", address)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/@someone",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "http://tube.example/w/abcdefgh",
        "https://blog.example/2026/asyncio/",
        "javascript:alert(1)",
        "",
    ],
)
def test_everything_else_is_a_link(url: str) -> None:
    assert player(url) is None


def test_audio_plays_from_its_own_host() -> None:
    found = player("https://pod.example/1", media_url="https://cdn.example/1.mp3", media_type="audio/mpeg")
    assert found == Player("audio", "https://cdn.example/1.mp3")
    assert (found.host, found.name, found.origin) == ("cdn.example", "cdn.example", "https://cdn.example")
    assert (
        player("https://pod.example/1", media_url="http://cdn.example/1.mp3", media_type="audio/mpeg") is None
    )


def test_people_know_youtube_by_its_name() -> None:
    found = player("https://youtu.be/abcdefghijk")
    assert found is not None
    assert (found.name, found.origin) == ("YouTube", "https://www.youtube-nocookie.com")
