"""What people asked for that no source tells: how to take a channel's works, and corrections of single works."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from altavoz.showcase.models.publications import Publication


class Wish(models.Model):
    """What whoever added a channel said about all of its works."""

    source = models.OneToOneField("ingest.Source", on_delete=models.CASCADE, related_name="+")
    topics = ArrayField(models.CharField(max_length=60), default=list)
    level = models.CharField(max_length=12, blank=True)
    since = models.DateTimeField(null=True)  # what was published before is left alone

    def __str__(self) -> str:
        """Return whose wish it is."""
        return f"wish for source {self.source_id}"


class Correction(models.Model):
    """The languages of a work as its creator knows them; they outlast what its source says."""

    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, related_name="correction")
    spoken_language = models.CharField(max_length=35)
    metadata_language = models.CharField(max_length=35)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        """Return what is corrected."""
        return f"{self.publication_id}: {self.spoken_language}"
