"""Which players we know, and which addresses we leave alone."""

import pytest

from altavoz.web.embeds import Player, player

_NO_COOKIE = "https://www.youtube-nocookie.com/embed"
_TUBE = "https://tube.example/videos/embed"
_VIMEO = "https://player.vimeo.com/video"
_ARCHIVE = "https://archive.org/embed"


@pytest.mark.parametrize(
    ("url", "address", "name"),
    [
        ("https://www.youtube.com/watch?v=abc-efgh_jk", f"{_NO_COOKIE}/abc-efgh_jk", "YouTube"),
        ("https://youtu.be/abcdefghijk", f"{_NO_COOKIE}/abcdefghijk", "YouTube"),
        ("https://m.youtube.com/shorts/abcdefghijk", f"{_NO_COOKIE}/abcdefghijk", "YouTube"),
        ("https://www.youtube.com/live/abcdefghijk?t=3", f"{_NO_COOKIE}/abcdefghijk", "YouTube"),
        ("https://tube.example/w/9c9de5e8-0a1e", f"{_TUBE}/9c9de5e8-0a1e?p2p=0", "tube.example"),
        ("https://tube.example/videos/watch/abcdefgh/", f"{_TUBE}/abcdefgh?p2p=0", "tube.example"),
        ("https://vimeo.com/123456789", f"{_VIMEO}/123456789?dnt=1", "Vimeo"),
        ("https://www.vimeo.com/channels/py/123456789", f"{_VIMEO}/123456789?dnt=1", "Vimeo"),
        ("https://vimeo.com/123456789/0a1b2c3d4e", f"{_VIMEO}/123456789?dnt=1&h=0a1b2c3d4e", "Vimeo"),
        ("https://player.vimeo.com/video/12345?h=0a1b2c3d", f"{_VIMEO}/12345?dnt=1&h=0a1b2c3d", "Vimeo"),
        ("https://archive.org/details/py_con-2019.es/a.mp4", f"{_ARCHIVE}/py_con-2019.es", "Internet Archive"),
        ("https://www.archive.org/details/pycon", f"{_ARCHIVE}/pycon", "Internet Archive"),
    ],
)  # fmt: skip
def test_frames(url: str, address: str, name: str) -> None:
    found = player(url)
    assert found == Player("frame", address)
    assert found.name == name
    assert found.started in {f"{address}?autoplay=1", f"{address}&autoplay=1"}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/@someone",
        "https://youtube.com.evil.example/watch?v=abcdefghijk",
        "http://tube.example/w/abcdefgh",
        "https://tube.example;script-src */w/abcdefgh",
        "https://tube.example,evil.example/w/abcdefgh",
        "https://someone:secret@tube.example/w/abcdefgh",
        "https://tube.example:http/w/abcdefgh",
        "https://[tube.example/w/abcdefgh",
        "https://vimeo.com/someone",
        "https://vimeo.com.evil.example/123456789",
        "https://archive.org/search?query=python",
        "https://archive.org/details/",
        "https://blog.example/2026/asyncio/",
        "javascript:alert(1)",
        "",
    ],
)
def test_everything_else_is_a_link(url: str) -> None:
    assert player(url) is None


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_files_play_from_their_own_host(kind: str) -> None:
    found = player("https://pod.example/1", media_url="https://cdn.example/1", media_type=f"{kind}/mp4")
    assert found == Player(kind, "https://cdn.example/1")
    assert (found.host, found.name, found.origin, found.started) == (
        "cdn.example", "cdn.example", "https://cdn.example", "https://cdn.example/1",
    )  # fmt: skip


def test_nothing_comes_without_encryption_unless_our_pages_do() -> None:
    url, kind = "http://cdn.example/1.mp3", "audio/mpeg"
    assert player("https://pod.example/1", media_url=url, media_type=kind) is None
    assert player("https://pod.example/1", media_url=url, media_type=kind, secure=False) == Player(
        "audio", url
    )
    near = player("http://127.0.0.1:8001/w/abcdefgh", secure=False)
    assert near == Player("frame", "http://127.0.0.1:8001/videos/embed/abcdefgh?p2p=0")
    assert near.origin == "http://127.0.0.1:8001"


def test_a_video_plays_where_its_player_is_known() -> None:
    told = player(
        "https://youtu.be/abcdefghijk", media_url="https://cdn.example/1.mp4", media_type="video/mp4"
    )
    assert told == Player("frame", f"{_NO_COOKIE}/abcdefghijk")
    heard = player(
        "https://archive.org/details/x", media_url="https://cdn.example/1.mp3", media_type="audio/mpeg"
    )
    assert heard == Player("audio", "https://cdn.example/1.mp3")
