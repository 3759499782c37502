"""Runs of a catalogue import that changed something."""

from django.conf import settings
from django.db import models

from altavoz.ingest.models.sources import Source


class Import(models.Model):
    """One run: what it did, and every record it repaired or refused."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)  # [[code, record, detail]]

    class Meta:
        indexes = [models.Index(fields=["source", "-at"], name="ingest_import_newest")]
