"""Static files under names that carry their content's hash, compressed, once they were collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Before `collectstatic` ran, plain names are used and whitenoise finds the files at their source."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the hashed name, or the plain one where nothing was collected yet."""
        return str(super().stored_name(name)) if self.hashed_files else name
