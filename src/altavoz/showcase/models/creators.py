"""Creators, and the accounts that proved to be them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Creator(models.Model):
    """Somebody who makes works: a person, a group or a community, with or without an account here."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.CharField(max_length=80, unique=True)
    name_key = models.CharField(max_length=200, db_index=True)  # folded, to recognise spelling variants
    sort_key = models.CharField(max_length=400)  # where readers look for the name in a list
    about = models.TextField(_("about"), blank=True, max_length=2_000)
    about_language = models.CharField(max_length=35, blank=True)
    website = models.URLField(_("website"), blank=True, max_length=500)
    handles = models.JSONField(default=dict, blank=True)  # network → handle
    country = models.CharField(_("country"), max_length=2, blank=True)  # only if they chose to show it
    claimed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    # What `queries.decorate` adds: how many works are visible, and their spoken languages, most used first.
    visible_works: int
    languages: tuple[str, ...]
    # What `directory.name_topics` adds: what their works are about, most frequent first.
    topics: tuple[str, ...]

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="creator_order"),
            models.Index(
                fields=["country", "sort_key", "id"], condition=~Q(country=""), name="creator_country"
            ),
            GinIndex(SearchVector("name_key", config="simple"), name="creator_words"),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def subject(self) -> str:
        """The text that names this creator to engines."""
        return f"showcase.creator:{self.pk}"

    @property
    def page(self) -> str:
        """The path of the creator's page below /<interface language>/."""
        return f"creators/{self.slug}/"


class Ownership(models.Model):
    """That an account proved to be a creator, or to speak for it."""

    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="ownerships")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="ownerships")
    method = models.CharField(max_length=30)  # how it was proved, in the terms of ingest
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["creator", "account"], condition=Q(ended_at=None), name="ownership_one_open"
            )
        ]

    def __str__(self) -> str:
        """Return who owns what."""
        return f"{self.account_id} → {self.creator_id}"
