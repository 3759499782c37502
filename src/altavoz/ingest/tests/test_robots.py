"""What robots.txt files as sites write them allow, by the rules of RFC 9309."""

import pytest

from altavoz.ingest.parsing.robots import MOST_BYTES, Rules, rules_of

ALL = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("body", "url", "allowed"),
    [
        (b"", "https://b.example/", True),
        (ALL, "https://b.example/", False),
        (b"User-agent: *\nDisallow:\n", "https://b.example/x", True),
        (b"User-agent: *\nDisallow: /private/\n", "https://b.example/private/1", False),
        (b"User-agent: *\nDisallow: /private/\n", "https://b.example/privately", True),
        (b"User-agent: *\nDisallow: /\nAllow: /blog/\n", "https://b.example/blog/1", True),
        (b"User-agent: *\nAllow: /x\nDisallow: /x\n", "https://b.example/x", True),
        (b"User-agent: *\nDisallow: /*.php$\n", "https://b.example/a/b.php", False),
        (b"User-agent: *\nDisallow: /*.php$\n", "https://b.example/a/b.php?x=1", True),
        (b"User-agent: *\nDisallow: /*?share=\n", "https://b.example/a?share=me", False),
        (ALL + b"User-agent: Altavoz/1.0\nAllow: /\n", "https://b.example/x", True),
        (b"User-agent: other\nUser-agent: ALTAVOZ\nDisallow: /\n", "https://b.example/x", False),
        (b"User-agent: other\nDisallow: /\n", "https://b.example/x", True),
        (b"Disallow: /\n", "https://b.example/x", True),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /x # not this\r\n", "https://b.example/x", False),
        (b"User-agent:\nUser-agent: /\nDisallow: /\n", "https://b.example/", True),
        (b"User-agent: *\nCrawl-delay: 9\nSitemap: /s.xml\nDisallow: /x\n", "https://b.example/x", False),
        (b"\xff\xfe\x00nonsense", "https://b.example/", True),
        (b"x" * MOST_BYTES + b"\n" + ALL, "https://b.example/", True),
        (b"User-agent: *\nDisallow: /" + b"*" * 2_000 + b"x$\n", "https://b.example/" + "a" * 2_000, True),
        (b"User-agent: *\nDisallow: /" + b"*a" * 500 + b"b\n", "https://b.example/" + "a" * 2_000, True),
        (b"User-agent: *\nDisallow: /a$\n", "https://b.example/a", False),
        (b"User-agent: *\nDisallow: /a$\n", "https://b.example/ab", True),
        (b"User-agent: *\nDisallow: /a*b*$\n", "https://b.example/a.b.c", False),
        (b"User-agent: *\nDisallow: /ab*b$\n", "https://b.example/ab", True),
    ],
)  # fmt: skip
def test_what_is_allowed(body: bytes, url: str, allowed: bool) -> None:  # noqa: FBT001 - expected value
    assert rules_of(body, "altavoz").allow(url) is allowed


def test_groups_of_one_program_count_together() -> None:
    body = b"User-agent: altavoz\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: altavoz\nDisallow: /b\n"
    assert rules_of(body, "Altavoz") == Rules((("/a", False), ("/b", False)))
