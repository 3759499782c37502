"""HTML from outside does no harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from altavoz.core.text import decode_entities, sanitise_html, strip_html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Hola <b>mundo</b></p>", "<p>Hola <b>mundo</b></p>"),
        (
            '<a href="https://a.example" onclick="x()" target="_blank">a</a>',
            '<a href="https://a.example" rel="nofollow noopener ugc">a</a>',
        ),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="nofollow noopener ugc">a</a>'),
        ('<img src="https://a.example/pixel.gif">x', "x"),
        ("<script>alert(1)</script><style>p{}</style>x", "x"),
        ('<h1 style="color:red">t</h1>', "t"),
        ('<p lang="ar" dir="rtl">مرحبا</p>', '<p lang="ar" dir="rtl">مرحبا</p>'),
        ("<svg><a href='x'>y</a></svg>z", "z"),
        ("", ""),
    ],
)
def test_sanitise_html(html: str, expected: str) -> None:
    assert sanitise_html(html) == expected


@settings(deadline=None)
@given(st.text(st.sampled_from("<>/=\"'& abimgsrcptonlw:;#x\x00"), max_size=60))
def test_no_tag_outside_the_list_survives(html: str) -> None:
    clean = sanitise_html(html)
    assert "<img" not in clean
    assert "<script" not in clean
    assert sanitise_html(clean) == clean


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("plain", "plain"),
        ("<p>uno<br>dos</p><p>tres</p>", "uno\ndos\n\ntres"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("a &lt; b &amp;eacute; &#8217;", "a < b é ’"),
        ("<script>x</script>y", "y"),
        ("2 < 3", "2 < 3"),
    ],
)
def test_strip_html(html: str, expected: str) -> None:
    assert strip_html(html) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a &amp; b", "a & b"),
        ("caf&amp;eacute;", "café"),
        ("AT&T", "AT&T"),
        ("&amp;amp;", "&"),
        ("R&D;x", "R&D;x"),
    ],
)
def test_decode_entities(text: str, expected: str) -> None:
    assert decode_entities(text) == expected
