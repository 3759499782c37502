"""Bodies unpacked without ever holding more than was agreed."""

import zlib

from altavoz.core.fetch.messages import Reason, Refused

#: What we tell servers we can unpack.
ACCEPTED = "gzip, deflate"
_EITHER_HEADER = 32 + zlib.MAX_WBITS  # gzip or zlib, whichever is found
_MOST_LAYERS = 2


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """Return `body` without the layers that the header Content-Encoding names; raises Refused.

    An empty body needs no unpacking: HEAD and 304 name the encoding of what they do not send.
    """
    layers = [
        layer
        for layer in (part.strip().lower() for part in encoding.split(","))
        if layer not in {"", "identity"}
    ]
    if not body or not layers:
        return body
    if len(layers) > _MOST_LAYERS:
        raise Refused(Reason.PROTOCOL, f"packed {len(layers)} times over")
    for layer in reversed(layers):
        body = _layer(body, layer, limit)
    return body


def _layer(body: bytes, layer: str, limit: int) -> bytes:
    if layer not in {"gzip", "x-gzip", "deflate"}:
        raise Refused(Reason.PROTOCOL, f"packed as {layer!r}, which we did not ask for")
    try:
        return _inflate(body, limit, bare=layer == "deflate" and not _has_zlib_header(body))
    except zlib.error as problem:
        raise Refused(Reason.PROTOCOL, str(problem)) from problem


def _has_zlib_header(body: bytes) -> bool:
    """Tell whether "deflate" came in the wrapping the standard asks for; some servers leave it out."""
    return body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0


def _inflate(body: bytes, limit: int, *, bare: bool) -> bytes:
    """Unpack one stream, or several gzip members in a row; what follows them is padding and ignored."""
    out = bytearray()
    while True:
        stream = zlib.decompressobj(-zlib.MAX_WBITS if bare else _EITHER_HEADER)
        out += stream.decompress(body, limit + 1 - len(out))
        if len(out) > limit:
            raise Refused(Reason.TOO_LARGE, f"more than {limit} bytes when unpacked")
        if not stream.eof:
            raise Refused(Reason.TRUNCATED, "the packed body ends too early")
        body = stream.unused_data
        if not body.startswith(b"\x1f\x8b"):
            return bytes(out)
