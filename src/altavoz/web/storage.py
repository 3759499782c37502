"""Static files under names that carry their content's hash, compressed, once they were collected."""

from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Before `collectstatic` ran, plain names are used and whitenoise finds the files at their source."""

    manifest_strict = False

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        # A page names the same few files each time, and collected ones never change their names.
        self._collected_url = lru_cache(maxsize=256)(super().url)

    def stored_name(self, name: str) -> str:
        """Return the hashed name, or the plain one where nothing was collected yet."""
        return str(super().stored_name(name)) if self.hashed_files else name

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        """Return the address of a file."""
        return str(self._collected_url(name) if self.hashed_files and not force else super().url(name, force))
