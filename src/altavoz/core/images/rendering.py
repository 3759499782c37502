"""Small versions of a picture in the formats browsers like, named after their content."""

import hashlib
import io
from dataclasses import dataclass

from PIL import Image

from altavoz.core.images.decoding import Unusable, decode

WIDTHS = (320, 640, 1280)
# A tall picture becomes narrower rather than longer than this many times its width.
_TALLEST = 2
# Quality that looks alike in both; speed that costs a worker a tenth of a second, not seconds.
_FORMATS: tuple[tuple[str, dict[str, int]], ...] = (
    ("AVIF", {"quality": 55, "speed": 8}),
    ("WEBP", {"quality": 76, "method": 4}),
)
_SAMPLE = (32, 32)
_SHADES = 5
_PAPER = "white"


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture: `name` follows from its bytes, so that it may be cached for ever.

    `colour` ("#rrggbb") is the dominant one of the whole picture, to be shown until the file is there.
    """

    name: str
    type: str
    width: int
    height: int
    colour: str
    data: bytes


def thumbnails(data: bytes) -> tuple[Rendition, ...] | Unusable:
    """Return the picture in `data` at each width it can fill, as AVIF and WebP, narrow ones first.

    Nothing is enlarged: a picture of 500 pixels comes at 320 and 500. Raises nothing; takes some tenths of a
    second of processor time, so it belongs into a worker, outside event loops.
    """
    image = decode(data, enough=WIDTHS[-1])
    if isinstance(image, Unusable):
        return image
    colour = _dominant(image)
    sized = [image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0) for size in _sizes(image.size)]
    return tuple(_rendition(each, name, options, colour) for each in sized for name, options in _FORMATS)


def _sizes(size: tuple[int, int]) -> list[tuple[int, int]]:
    width, height = size
    scales = sorted({min(1.0, wanted / width, wanted * _TALLEST / height) for wanted in WIDTHS})
    return [(max(1, round(width * scale)), max(1, round(height * scale))) for scale in scales]


def _rendition(image: Image.Image, name: str, options: dict[str, int], colour: str) -> Rendition:
    out = io.BytesIO()
    image.save(out, name, **options)
    data, ending = out.getvalue(), name.lower()
    digest = hashlib.sha256(data).hexdigest()
    path = f"pictures/{digest[:2]}/{digest[2:4]}/{digest}.{ending}"
    return Rendition(path, f"image/{ending}", image.width, image.height, colour, data)


def _dominant(image: Image.Image) -> str:
    small = image.resize(_SAMPLE, Image.Resampling.BOX)
    if small.mode == "RGBA":
        paper = Image.new("RGBA", _SAMPLE, _PAPER)
        small = Image.alpha_composite(paper, small).convert("RGB")
    shades = small.quantize(_SHADES)
    _, index = max(shades.getcolors() or [])
    red, green, blue = (shades.getpalette() or [])[int(str(index)) * 3 :][:3]
    return f"#{red:02x}{green:02x}{blue:02x}"
