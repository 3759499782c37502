"""Bytes from a stranger turned into an upright first frame, or into the reason why not."""

import io
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageOps, UnidentifiedImageError

#: At most so many pixels are unpacked: 120 MB of memory with transparency.
MAX_PIXELS = 30_000_000
#: Nothing smaller in either direction is a picture: such are counters and bullets.
MIN_SIDE = 16

# Only these decoders are reachable; Pillow has dozens more, some of which start other programs.
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_HEAD = 1024


class Problem(StrEnum):
    """Why a file gave no picture; `words.in_words` tells it to people."""

    NOT_A_PICTURE = "not_a_picture"
    DRAWING = "drawing"
    BROKEN = "broken"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that gives no picture; `detail` is for logs, never for pages."""

    reason: Problem
    detail: str = ""


def decode(data: bytes, *, enough: int) -> Image.Image | Unusable:
    """Return the first frame of `data`, upright, as RGB or RGBA, or why there is none.

    The size told by the head of the file is checked before a pixel is unpacked. A photograph larger than
    `enough` pixels a side may come out smaller, but not smaller than that. Raises nothing, whatever `data` is.
    """
    try:
        return _decode(data, enough)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        return Unusable(Problem.TOO_MANY_PIXELS, str(problem))
    except UnidentifiedImageError:
        return Unusable(Problem.DRAWING if _is_drawing(data) else Problem.NOT_A_PICTURE)
    except Exception as problem:  # noqa: BLE001 — decoders of hostile files raise nearly everything
        return Unusable(Problem.BROKEN, f"{type(problem).__name__}: {problem}")


def _decode(data: bytes, enough: int) -> Image.Image | Unusable:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            return Unusable(Problem.TOO_MANY_PIXELS, f"{width} by {height}")
        if min(width, height) < MIN_SIDE:
            return Unusable(Problem.TOO_SMALL, f"{width} by {height}")
        image.draft(None, (enough, enough))  # lets JPEG unpack a half, a quarter or an eighth
        image.load()
        _turn_upright(image)
        return _plain(image)


def _turn_upright(image: Image.Image) -> None:
    # Broken notes of the camera do not spoil the picture.
    with suppress(Exception):
        ImageOps.exif_transpose(image, in_place=True)


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in red, green and blue, with transparency only where some of it shows."""
    if image.mode.startswith(("I", "F")):
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = image if image.mode == mode else image.convert(mode)  # no second copy of a large picture
    if plain.mode == "RGBA" and plain.getchannel("A").getextrema() == (255, 255):
        plain = plain.convert("RGB")
    plain.info = {}  # place, camera, colour profile: none of it is passed on
    return plain


def _is_drawing(data: bytes) -> bool:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") and b"<svg" in head
