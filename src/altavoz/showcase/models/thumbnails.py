"""Pictures of works, fetched once, resized and served by us: nothing is hot-linked."""

from django.db import models


class Thumbnail(models.Model):
    """The renditions of one picture, or why there are none."""

    url_hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the address it came from
    renditions = models.JSONField(default=list)  # [{name, type, width, height}]
    colour = models.CharField(max_length=7, blank=True)
    problem = models.CharField(max_length=200, blank=True)
    fetched_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the beginning of the hash."""
        return self.url_hash[:12]
