"""Pictures made for the tests."""

import io
from typing import Any

from PIL import Image


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def sunset(width: int = 1600, height: int = 900, mode: str = "RGB") -> Image.Image:
    """Return a picture that is red on the left and a little blue on the right."""
    image = Image.new("RGB", (width, height), (200, 40, 20))
    image.paste((20, 40, 200), (width - width // 4, 0, width, height))
    return image.convert(mode)


def close(one: Any, other: tuple[int, ...], by: int = 12) -> bool:  # noqa: ANN401 — pixels have many types
    """Tell whether two pixels look alike after lossy compression."""
    return len(one) == len(other) and all(abs(a - b) <= by for a, b in zip(one, other, strict=True))
