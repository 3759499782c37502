"""Digests: the same again today, nothing to anybody tomorrow."""

import pytest

from altavoz.insights.visitors import digest, place_of


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "unknown"),
        ("nowhere", "unknown"),
    ],
)
def test_a_household_is_one_place(address: str, place: str) -> None:
    assert place_of(address) == place


def test_a_digest_depends_on_every_part_and_on_the_key() -> None:
    names = {
        digest(b"k" * 32, "view", "showcase.publication:1", "203.0.113.7", "Firefox"),
        digest(b"k" * 32, "read", "showcase.publication:1", "203.0.113.7", "Firefox"),
        digest(b"k" * 32, "view", "showcase.publication:2", "203.0.113.7", "Firefox"),
        digest(b"k" * 32, "view", "showcase.publication:1", "203.0.113.8", "Firefox"),
        digest(b"K" * 32, "view", "showcase.publication:1", "203.0.113.7", "Firefox"),
        digest(b"k" * 32, "view", "showcase.publication:12", "03.0.113.7", "Firefox"),
    }
    assert len(names) == 6
    assert all(-(2**63) <= name < 2**63 for name in names)
    assert digest(b"k", "\ud800") == digest(b"k", "\ud800")  # what is no text at all
