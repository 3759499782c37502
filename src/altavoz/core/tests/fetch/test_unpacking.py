"""Packed bodies: unpacked up to the limit and never beyond."""

import gzip
import zlib

import pytest

from altavoz.core.fetch.messages import Refused
from altavoz.core.fetch.unpacking import unpack
from altavoz.core.tests.fetch.servers import asked_of, body_of, failed, run, says

PLAIN = b"hola " * 100
RAW = zlib.compressobj(wbits=-15)
BARE = RAW.compress(PLAIN) + RAW.flush()
MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (PLAIN, ""),
        (PLAIN, "identity"),
        (gzip.compress(PLAIN), "gzip"),
        (gzip.compress(PLAIN), "X-GZip, identity"),
        (zlib.compress(PLAIN), "deflate"),
        (BARE, "deflate"),
        (gzip.compress(PLAIN[:200]) + gzip.compress(PLAIN[200:]), "gzip"),
        (gzip.compress(PLAIN) + b"\0" * 20, "gzip"),
        (gzip.compress(zlib.compress(PLAIN)), "deflate, gzip"),
    ],
)
def test_unpacking(body: bytes, encoding: str) -> None:
    assert unpack(body, encoding, len(PLAIN)) == PLAIN


def test_nothing_needs_no_unpacking() -> None:
    assert unpack(b"", "br", 10) == b""


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(PLAIN), "gzip", "too_large"),
        (zlib.compress(PLAIN), "deflate", "too_large"),
        (BARE, "deflate", "too_large"),
        (gzip.compress(PLAIN[:300]) * 2, "gzip", "too_large"),
        (gzip.compress(PLAIN[:200])[:-9], "gzip", "truncated"),
        (gzip.compress(b"")[:5], "gzip", "truncated"),
        (b"plain text", "gzip", "protocol"),
        (b"\xff" * 20, "deflate", "protocol"),
        (PLAIN, "br", "protocol"),
        (PLAIN, "zstd", "protocol"),
        (PLAIN, "gzip, gzip, gzip", "protocol"),
    ],
)
def test_refused_bodies(body: bytes, encoding: str, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        unpack(body, encoding, 499)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("bomb", "encoding", "reason"),
    [
        (gzip.compress(bytes(200 * MIB)), "gzip", "too_large"),
        (zlib.compress(bytes(200 * MIB)), "deflate", "too_large"),
        (gzip.compress(gzip.compress(bytes(200 * MIB))), "gzip, gzip", "too_large"),
        (b"\xcf\xff\xff\x7f\xf8\x27\x00\xe2\xb1\x40\x20\xf7\xfe\x97\x7f", "br", "protocol"),
    ],
    ids=["gzip", "deflate", "twice", "br"],
)
def test_bombs_do_not_go_off(bomb: bytes, encoding: str, reason: str) -> None:
    assert failed(run(asked_of(says(bomb, "200 OK", f"Content-Encoding: {encoding}")))) == reason


def test_a_packed_body_arrives_unpacked() -> None:
    assert body_of(run(asked_of(says(gzip.compress(PLAIN), "200 OK", "Content-Encoding: gzip")))) == PLAIN
