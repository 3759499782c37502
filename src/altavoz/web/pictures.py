"""The addresses of a stored picture in its formats and widths."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.files.storage import default_storage


@dataclass(frozen=True)
class Rendition:
    """One stored file of a picture: its name in the media storage, type and width."""

    name: str
    type: str
    width: int

    @property
    def address(self) -> str:
        """Return where browsers fetch it."""
        return default_storage.url(self.name)


@dataclass(frozen=True)
class Variants:
    """What `<picture>` needs: `srcset` per format, and the file for browsers that know neither."""

    avif: str
    webp: str
    fallback: str


def renditions(rows: Iterable[Mapping[str, object]]) -> tuple[Rendition, ...]:
    """Return the renditions as the showcase stores them (`name`, `type`, `width`)."""
    return tuple(Rendition(str(row["name"]), str(row["type"]), int(str(row["width"]))) for row in rows)


def variants(source: str | tuple[Rendition, ...]) -> Variants:
    """Return the addresses of a picture given by its renditions, or by one address."""
    if isinstance(source, str):
        return Variants("", "", source)
    ordered = sorted(source, key=lambda one: one.width)
    webp = [one for one in ordered if one.type == "image/webp"]
    return Variants(_set(ordered, "image/avif"), _set(ordered, "image/webp"), (webp or ordered)[-1].address)


def _set(ordered: Iterable[Rendition], media_type: str) -> str:
    """Return the `srcset` of one format."""
    return ", ".join(f"{one.address} {one.width}w" for one in ordered if one.type == media_type)
