"""One address per work."""

import pytest

from altavoz.ingest import addresses

VIDEO = "https://www.youtube.com/watch?v=AAAAAAAAAA1"


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("https://youtu.be/AAAAAAAAAA1?si=x&t=9", VIDEO),
        ("http://www.youtube.com/watch?feature=share&v=AAAAAAAAAA1&list=PLxxxxxxxxxxxx", VIDEO),
        ("https://m.youtube.com/watch/AAAAAAAAAA1", VIDEO),
        ("https://youtube.com/shorts/AAAAAAAAAA1?feature=share", VIDEO),
        ("https://www.youtube.com/live/AAAAAAAAAA1", VIDEO),
        ("https://www.youtube-nocookie.com/embed/AAAAAAAAAA1?rel=0", VIDEO),
        ("https://www.youtube.com/v/AAAAAAAAAA1&hl=es", VIDEO),
        ("https://music.youtube.com/watch?v=AAAAAAAAAA1", VIDEO),
        (
            "https://www.youtube.com/playlist?list=PLabcdefghijk&si=x",
            "https://www.youtube.com/playlist?list=PLabcdefghijk",
        ),
        (
            "https://www.youtube.com/channel/UC" + "a" * 22 + "/videos",
            "https://www.youtube.com/channel/UC" + "a" * 22,
        ),
        ("https://youtube.com/@PyEspaña/streams", "https://www.youtube.com/@pyespaña"),
        ("https://www.youtube.com/user/PyCon/featured", "https://www.youtube.com/user/PyCon"),
        ("https://www.youtube.com/c/PyCon", "https://www.youtube.com/c/PyCon"),
        ("https://www.youtube.com/watch?v=short", "https://www.youtube.com/watch?v=short"),
        ("https://youtu.be/", "https://youtu.be/"),
        ("https://www.youtube.com/about/?utm_source=x", "https://www.youtube.com/about/"),
        ("https://player.vimeo.com/video/123?h=1", "https://vimeo.com/123"),
        ("https://vimeo.com/channels/x", "https://vimeo.com/channels/x"),
        ("https://archive.org/embed/charla", "https://archive.org/details/charla"),
        ("https://archive.org/search?q=a", "https://archive.org/search?q=a"),
        (
            "HTTP://Blog.Example:80/a/../b/./c?utm_source=x&fbclid=1&b=2&a=1#top",
            "http://blog.example/b/c?a=1&b=2",
        ),
        ("https://blog.example:8443/x", "https://blog.example:8443/x"),
        ("http://127.0.0.1:8001/x?si=1", "http://127.0.0.1:8001/x?si=1"),
        ("http://localhost/x", "http://localhost/x"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("https://año.example/señal?q=ñ", "https://xn--ao-zja.example/se%C3%B1al?q=%C3%B1"),
        ("https://open.spotify.com/episode/1?si=9", "https://open.spotify.com/episode/1"),
        ("https://user:secret@blog.example/x", "https://blog.example/x"),
        ("https://blog.example.", "https://blog.example/"),
        ("https://blog.example/a%20b?x=", "https://blog.example/a%20b?x="),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@b.example", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("https://blog.example:port/", ""),
        ("https://blog.example/" + "x" * 2000, ""),
        ("https://blog.example/" + "ñ" * 900, ""),
        ("https://" + "ñ" * 70 + ".example/", "https://" + "ñ" * 70 + ".example/"),
    ],
)
def test_canonical(given: str, canonical: str) -> None:
    assert addresses.canonical(given) == canonical
    assert addresses.canonical(canonical) == canonical


def test_a_relative_address_needs_its_base() -> None:
    assert addresses.canonical("../x", base="https://blog.example/a/b/") == "https://blog.example/a/x"
    assert addresses.canonical("../x") == ""


def test_identity_is_what_survives_a_move() -> None:
    old, new = "http://viejo.example/2020/hola.html", "https://nuevo.example/2020/hola/"
    assert addresses.identity(addresses.canonical(old)) == addresses.identity(new) == "/2020/hola"
    assert addresses.identity("https://x.example/?p=7") == "?p=7"


def test_rel_canonical_counts_on_the_same_site_only() -> None:
    page = "https://www.blog.example/a?x=1"
    assert addresses.preferred(page, "https://blog.example/a") == "https://blog.example/a"
    assert addresses.preferred(page, "https://other.example/a") == "https://www.blog.example/a?x=1"
    assert addresses.preferred(page, "") == "https://www.blog.example/a?x=1"


def test_parts_of_youtube_addresses() -> None:
    channel = "UC" + "b" * 22
    feed = f"https://www.youtube.com/feeds/videos.xml?channel_id={channel}"
    assert addresses.youtube_channel(feed) == channel
    assert addresses.youtube_channel("https://blog.example/UC" + "b" * 22) == ""
    assert (
        addresses.youtube_playlist("https://www.youtube.com/feeds/videos.xml?playlist_id=PLabcdefghijk")
        == "PLabcdefghijk"
    )
    assert addresses.youtube_playlist("https://www.youtube.com/watch?v=x&list=!!") == ""
    assert addresses.youtube_playlist("https://blog.example/?list=PLabcdefghijk") == ""
    assert addresses.youtube_video("https://blog.example/watch?v=AAAAAAAAAA1") == ""
    assert addresses.is_youtube("https://youtu.be/x")
    assert not addresses.is_youtube("nothing")
    assert addresses.host_of("https://[::1") == ""
    assert not addresses.same_site("", "")
