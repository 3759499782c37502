"""Addresses taken apart: what is sent is exactly what was checked."""

import pytest
import yarl
from hypothesis import given
from hypothesis import strategies as st

from altavoz.core.fetch import urls
from altavoz.core.fetch.messages import Refused


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        (" https://example.org:443/a\n", "https://example.org/a"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("http://example.org:/", "http://example.org/"),
        ("http://example.org./a#part", "http://example.org/a"),
        ("https://example.org/?q=a+b%20c&d=%C3%A9#x", "https://example.org/?q=a+b%20c&d=%C3%A9"),
        ("https://example.org/a b/ñ?ü=«»", "https://example.org/a%20b/%C3%B1?%C3%BC=%C2%AB%C2%BB"),
        ("https://example.org/%7e%2F%zz/../x", "https://example.org/%7e%2F%zz/../x"),
        ("https://example.org/a\\b\udcff", "https://example.org/a%5Cb%FF"),
        ("https://example.org?a=1", "https://example.org/?a=1"),
        ("https://español.example/", "https://xn--espaol-zwa.example/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://xn--r8jz45g.xn--zckzah/", "https://xn--r8jz45g.xn--zckzah/"),
        ("http://a_b.example.org/", "http://a_b.example.org/"),
        ("http://[2606:4700:0::1111]:80/x", "http://[2606:4700::1111]/x"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
    ],
)
def test_an_address_is_brought_into_one_form(url: str, sent: str) -> None:
    assert urls.parse(url).url == sent
    assert urls.parse(sent).url == sent


@given(st.text(alphabet="aB1.:@[]/\\%?#&=-_ ñ。\u200d\udc80", max_size=30))
def test_the_client_below_reads_an_address_as_we_do(text: str) -> None:
    try:
        target = urls.parse(f"http://{text}")
    except Refused:
        return
    below = yarl.URL(target.url, encoded=True)
    assert (below.scheme, below.raw_host, below.port, below.raw_path_qs, below.user) == (
        target.scheme,
        target.host,
        target.port,
        target.path
        if target.path.count("?") > 1
        else target.path.removesuffix("?"),  # an empty query is none
        None,
    )
