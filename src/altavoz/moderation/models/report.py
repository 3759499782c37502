"""Reports: somebody says that a work breaks a rule; who it was is never shown."""

from django.db import models
from django.db.models import Q

from altavoz.moderation.models.case import Case
from altavoz.people.models import Account


class Report(models.Model):
    """One person's report of one subject, part of the case it opened or joined."""

    subject = models.CharField(max_length=80)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reports", db_index=False)
    reporter = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    clause = models.CharField(max_length=40)
    note = models.TextField(max_length=2_000, blank=True)
    note_language = models.CharField(max_length=35, blank=True)
    address = models.EmailField(blank=True)  # of a reporter without an account, who confirmed it
    language = models.CharField(max_length=10, blank=True)  # in which that reporter reads mails
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter"], name="moderation_report_once"),
            models.UniqueConstraint(
                fields=["case", "address"], condition=~Q(address=""), name="moderation_report_once_by_mail"
            ),
            models.CheckConstraint(
                condition=Q(address="") | Q(reporter__isnull=True), name="moderation_report_one_reporter"
            ),
            models.CheckConstraint(
                condition=Q(note="", note_language="") | (~Q(note="") & ~Q(note_language="")),
                name="moderation_report_note_has_language",
            ),
        ]
        indexes = [models.Index(fields=["subject"], name="moderation_report_subject")]


class UnconfirmedReport(models.Model):
    """A report by somebody without an account, until they follow the link in our mail; deleted soon in any case."""

    subject = models.CharField(max_length=80)
    clause = models.CharField(max_length=40)
    note = models.TextField(max_length=2_000, blank=True)
    note_language = models.CharField(max_length=35, blank=True)
    address = models.EmailField()
    language = models.CharField(max_length=10)
    client = models.CharField(max_length=64)  # a key of one network for one day: it leads to nobody
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], name="moderation_unconfirmed_address"),
            models.Index(fields=["client", "at"], name="moderation_unconfirmed_client"),
            models.Index(fields=["at"], name="moderation_unconfirmed_at"),
        ]
