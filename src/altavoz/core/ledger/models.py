"""The rows of the audit ledger: a hash chain, and apart from it what may have to be forgotten."""

from django.db import models


class Entry(models.Model):
    """One link of the chain. A trigger in the database refuses changing or deleting it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    type = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=32, blank=True)
    public = models.JSONField()
    commitment = models.CharField(max_length=64, blank=True)
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "core_ledger_entry"
        indexes = [models.Index(fields=["subject", "seq"], name="ledger_subject")]

    def __str__(self) -> str:
        """Return the number and type of the entry."""
        return f"{self.seq} {self.type}"


class PrivatePart(models.Model):
    """What an entry commits to without showing it; deleting the row forgets it, and the chain stays valid."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="private")
    account_id = models.BigIntegerField(null=True, db_index=True)
    key = models.BinaryField(max_length=32)
    body = models.JSONField()

    class Meta:
        db_table = "core_ledger_private"

    def __str__(self) -> str:
        """Return the number of the entry; never what is private."""
        return f"private part of {self.entry_id}"


class Pseudonym(models.Model):
    """The name an account acts under in the chain; without this row nobody can tell whose it was."""

    account_id = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=32, unique=True)

    class Meta:
        db_table = "core_ledger_pseudonym"

    def __str__(self) -> str:
        """Return the pseudonym."""
        return self.name
