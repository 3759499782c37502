"""Translations of what is said about a work: title and summary in another language, by people, checked by people."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from altavoz.showcase.models.publications import Publication, Revision
from altavoz.showcase.states import Translating


class WorkTranslation(models.Model):
    """One person's translation of one revision. Its words never change: a better one takes its place."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="translations", db_index=False
    )
    # Words that a revision must leave no trace of have no trace in other languages either.
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=35)
    title = models.TextField()
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=Translating, default=Translating.OFFERED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    named = models.BooleanField(default=False)  # whether its author wants to be named
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"],
                condition=Q(state=Translating.SHOWN),
                name="showcase_translation_one_shown",
            ),
            models.UniqueConstraint(
                fields=["publication", "language", "author"],
                condition=Q(state=Translating.OFFERED),
                name="showcase_translation_one_offered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=Translating.values) & ~Q(title=""), name="showcase_translation_words"
            ),
        ]
        indexes = [models.Index(fields=["publication", "state"], name="showcase_translation_work")]

    def __str__(self) -> str:
        """Return the translated title."""
        return self.title

    @property
    def subject(self) -> str:
        """The text that names this translation to engines."""
        return f"showcase.translation:{self.pk}"

    @property
    def credit(self) -> str:
        """The name of its author, if they wished to be named and are still here."""
        named = self.named and self.author is not None and self.author.erased_at is None
        return self.author.name if named and self.author else ""

    def is_stale(self, shown: Revision) -> bool:
        """Say whether the work says something else by now than what was translated."""
        made_for = self.revision
        return (made_for.title, made_for.summary) != (shown.title, shown.summary)
