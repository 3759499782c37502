"""Small versions: sizes, formats, names and colours."""

import hashlib

import pytest
from PIL import Image

from altavoz.core.images import Rendition, Unusable, thumbnails
from altavoz.core.tests.images.pictures import close, opened, saved, sunset


def _made(image: Image.Image, kind: str = "PNG") -> tuple[Rendition, ...]:
    made = thumbnails(saved(image, kind))
    assert isinstance(made, tuple), made
    return made


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((1600, 900), [(320, 180), (640, 360), (1280, 720)]),
        ((1280, 720), [(320, 180), (640, 360), (1280, 720)]),
        ((500, 400), [(320, 256), (500, 400)]),
        ((120, 90), [(120, 90)]),
        ((200, 3000), [(43, 640), (85, 1280), (171, 2560)]),
        ((3000, 16), [(320, 2), (640, 3), (1280, 7)]),
    ],
)
def test_sizes_never_exceed_the_picture(size: tuple[int, int], sizes: list[tuple[int, int]]) -> None:
    made = _made(sunset(*size))
    kinds = ["image/avif", "image/webp"]
    assert [(each.type, (each.width, each.height)) for each in made] == [
        (kind, size) for size in sizes for kind in kinds
    ]


def test_files_are_what_they_say() -> None:
    for each in _made(sunset(700, 500)):
        image = opened(each.data)
        assert (f"image/{str(image.format).lower()}", image.size) == (each.type, (each.width, each.height))
        assert close(image.convert("RGB").getpixel((5, 5)), (200, 40, 20))
        digest = hashlib.sha256(each.data).hexdigest()
        assert each.name == f"pictures/{digest[:2]}/{digest[2:4]}/{digest}.{each.type[6:]}"


def test_the_same_picture_gives_the_same_files() -> None:
    assert _made(sunset(400, 300)) == _made(sunset(400, 300))


def test_files_are_light() -> None:
    assert max(len(each.data) for each in _made(sunset())) < 20_000


def test_files_tell_nothing_of_the_camera() -> None:
    notes = Image.Exif()
    notes[0x010F] = "Camera of Alice"
    made = thumbnails(saved(sunset(400, 300), "JPEG", exif=notes, icc_profile=b"profile"))
    assert isinstance(made, tuple)
    assert [b"Alice" in each.data or b"profile" in each.data for each in made] == [False] * 4


def test_transparency_survives() -> None:
    image = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 100, 300))
    assert [opened(each.data).mode for each in _made(image)] == ["RGBA"] * 4


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (sunset(400, 300), (200, 40, 20)),
        (Image.new("RGB", (50, 50), "#123456"), (0x12, 0x34, 0x56)),
        (Image.new("L", (50, 50), 77), (77, 77, 77)),
        (Image.new("RGBA", (50, 50), (0, 0, 0, 0)), (255, 255, 255)),
    ],
)
def test_the_dominant_colour(image: Image.Image, colour: tuple[int, int, int]) -> None:
    text = _made(image)[0].colour
    assert text[0] == "#"
    assert close(bytes.fromhex(text[1:]), colour, by=2)


def test_what_is_no_picture_is_told() -> None:
    made = thumbnails(b"<svg/>")
    assert isinstance(made, Unusable)
    assert made.reason == "drawing"
