"""Hostile and odd pictures."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from altavoz.core.images.decoding import MAX_PIXELS, Problem, Unusable, decode
from altavoz.core.tests.images.pictures import close, opened, saved, sunset

# What Pillow can write, and so what comes from the wild.
MODES = {
    "JPEG": "RGB L 1 CMYK YCbCr",
    "PNG": "RGB L 1 P LA RGBA",
    "GIF": "RGB L 1 P LA RGBA",
    "WEBP": "RGB L 1 P CMYK YCbCr LA RGBA PA",
    "AVIF": "RGB L 1 P CMYK YCbCr LA RGBA PA",
}
RED, BLUE = (200, 40, 20), (20, 40, 200)


def _decoded(data: bytes, enough: int = 4000) -> Image.Image:
    image = decode(data, enough=enough)
    assert isinstance(image, Image.Image), image
    return image


def _png_head(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and has hardly any data."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def _text_bomb() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("bomb", "a" * 80_000_000, zip=True)
    return saved(sunset(64, 64), pnginfo=notes)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_a_picture"),
        (b"<!doctype html><title>404</title>", "not_a_picture"),
        (b"\xff\xd8\xff", "not_a_picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n", "not_a_picture"),
        (saved(sunset(64, 64), "BMP"), "not_a_picture"),
        (saved(sunset(64, 64), "TIFF"), "not_a_picture"),
        (saved(sunset(64, 64), "ICO"), "not_a_picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "drawing"),
        (b'\xef\xbb\xbf <?xml version="1.0"?>\n<!-- x --><SVG/>', "drawing"),
        (saved(sunset(), "JPEG")[:-500], "broken"),
        (saved(sunset(), "PNG")[:1000], "broken"),
        (saved(sunset(), "WEBP")[:-200], "broken"),
        (saved(sunset(), "AVIF")[:-200], "broken"),
        (saved(sunset(), "GIF")[:-2000], "broken"),
        (_png_head(1000, 1000), "broken"),
        (_text_bomb(), "broken"),
        (_png_head(100_000, 100_000), "too_many_pixels"),
        (_png_head(10_000, 10_000), "too_many_pixels"),
        (_png_head(MAX_PIXELS // 1000 + 1, 1000), "too_many_pixels"),
        (_png_head(2**31 - 1, 2**31 - 1), "too_many_pixels"),
        (saved(sunset(1, 1), "GIF"), "too_small"),
        (saved(sunset(468, 15), "PNG"), "too_small"),
    ],
)
def test_what_is_no_usable_picture(data: bytes, reason: str) -> None:
    outcome = decode(data, enough=1280)
    assert isinstance(outcome, Unusable)
    assert outcome.reason == reason


@pytest.mark.parametrize(
    ("kind", "mode"),
    [(kind, mode) for kind, modes in MODES.items() for mode in modes.split()],
)
def test_every_kind_and_mode_becomes_red_green_blue(kind: str, mode: str) -> None:
    image = _decoded(saved(sunset(64, 48, mode), kind))
    assert (image.mode, image.size, image.info) == ("RGB", (64, 48), {})
    if mode not in {"L", "1", "LA"}:
        assert close(image.getpixel((5, 20)), RED, by=40)
        assert close(image.getpixel((60, 20)), BLUE, by=40)


def test_transparency_is_kept_where_there_is_any() -> None:
    image = Image.new("RGBA", (64, 64), (*RED, 255))
    image.paste((0, 0, 0, 0), (0, 0, 32, 64))
    assert _decoded(saved(image)).mode == "RGBA"
    palette = sunset(64, 64, "P")
    assert _decoded(saved(palette, "PNG", transparency=palette.getpixel((0, 0)))).mode == "RGBA"


def test_deep_greys_keep_their_shade() -> None:
    image = Image.new("I;16", (64, 64), 0x8040)
    assert close(_decoded(saved(image)).getpixel((1, 1)), (0x80, 0x80, 0x80), by=1)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_of_an_animation_the_first_frame_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in (RED, BLUE, BLUE)]
    data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
    assert close(_decoded(data).getpixel((5, 5)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photographs_are_turned_upright(orientation: int) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = sunset(96, 64)
    upright.paste((0, 200, 0), (0, 0, 96, 16))
    stored = upright.transpose(undo[orientation]) if orientation in undo else upright
    notes = Image.Exif()
    notes[0x0112] = orientation
    image = _decoded(saved(stored, "JPEG", exif=notes, quality=95))
    assert image.size == (96, 64)
    for place, colour in (((40, 6), (0, 200, 0)), ((8, 50), RED), ((88, 50), BLUE)):
        assert close(image.getpixel(place), colour)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_notes_of_the_camera_do_not_spoil_the_picture() -> None:
    data = saved(sunset(64, 64), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x01\x12" * 40)
    assert _decoded(data).size == (64, 64)


def test_large_photographs_are_unpacked_only_as_far_as_needed() -> None:
    data = saved(sunset(5000, 4000), "JPEG")
    assert _decoded(data, enough=600).size == (1250, 1000)
    assert opened(data).size == (5000, 4000)


SAMPLES = [saved(sunset(48, 32), kind) for kind in MODES]


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_whatever_the_bytes_nothing_is_raised(data: bytes, changes: list[tuple[float, int]]) -> None:
    spoilt = bytearray(data)
    for place, value in changes:
        spoilt[int(place * len(spoilt))] = value
    assert isinstance(decode(bytes(spoilt), enough=640), Image.Image | Unusable)


def test_problems_have_values_of_their_own() -> None:
    assert [problem.value for problem in Problem] == [problem.name.lower() for problem in Problem]
