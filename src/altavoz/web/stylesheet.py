"""One stylesheet out of many small ones: the base in `css/`, then each component's own, then print."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

ROOT = Path(__file__).parent
NAME = "web/altavoz.css"


def sources() -> tuple[Path, ...]:
    """Return the files in the order in which they apply; `90-` and later come after the components."""
    base = sorted((ROOT / "css").glob("*.css"))
    last = tuple(path for path in base if path.name >= "90")
    first = tuple(path for path in base if path not in last)
    return (*first, *sorted((ROOT / "components").glob("*/style.css")), *last)


def bundle() -> str:
    """Return the whole stylesheet without comments and idle space."""
    return joined(sources())


def joined(paths: Iterable[Path]) -> str:
    """Return these files as one, without comments and idle space."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"


class StylesheetFinder(BaseFinder):
    """Offers the bundle to `collectstatic` and to the development server as if it were one file."""

    def __init__(self, *_args: object, **_options: object) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "build")

    def check(self, **_options: object) -> list[object]:  # type: ignore[override]  # nothing to check
        """Return no complaint: the finder has no setting."""
        return []

    def find(self, path: str, find_all: bool = False) -> str | list[str]:  # type: ignore[override]  # noqa: FBT001, FBT002 - Django's signature
        """Return where the bundle lies, freshly built, if it is what is looked for."""
        if path != NAME:
            return []
        built = self._built()
        return [built] if find_all else built

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002 - Django's signature
        """Yield the bundle as the only file of this finder."""
        self._built()
        yield NAME, self.storage

    def _built(self) -> str:
        """Write the bundle if it changed, by renaming, so that a reader never sees half of it."""
        path, text = Path(self.storage.path(NAME)), bundle()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(path)
        return str(path)
