"""Sums by day and by month, and what must be known for one day to count nobody twice."""

from django.db import models
from django.db.models import F, Q

from altavoz.insights.states import Source


class DayKey(models.Model):
    """The secret of one day. There is one row, in a table that is in no backup; midnight destroys it."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)


class Seen(models.Model):
    """That something was counted today, sealed with the key of the day. Emptied at midnight, in no backup."""

    digest = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        """Return nothing that could be told."""
        return "seen"


class Figures(models.Model):
    """How often a work was seen, read, and left for its original."""

    subject = models.CharField(max_length=80)
    language = models.CharField(max_length=35)  # of the page it was seen on
    source = models.CharField(max_length=20, choices=Source)
    views = models.PositiveIntegerField(default=0)
    reads = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


_SOMETHING = Q(views__gt=0) | Q(reads__gt=0) | Q(clicks__gt=0)


class Daily(Figures):
    """The figures of one day (in UTC)."""

    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "day", "language", "source"], name="daily_once"),
            models.CheckConstraint(condition=_SOMETHING, name="daily_counts_something"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="daily_source_known"),
        ]
        indexes = [models.Index(fields=["day"], name="daily_day")]  # what is old is rolled up

    def __str__(self) -> str:
        """Return what was counted when."""
        return f"{self.subject} {self.day}"


class Monthly(Figures):
    """The figures of one month, when its days are long gone."""

    month = models.DateField()  # its first day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "month", "language", "source"], name="monthly_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthly_first_day"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="monthly_source_known"),
        ]

    def __str__(self) -> str:
        """Return what was counted when."""
        return f"{self.subject} {self.month}"


class FeedDaily(models.Model):
    """How many read a feed on one day: through one service, as it says, or by programs of their own."""

    feed = models.CharField(max_length=80)  # a subject, "language:es", "all" or "other"
    day = models.DateField()
    service = models.CharField(max_length=40, blank=True)  # empty: programs of their own
    readers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "day", "service"], name="feed_daily_once"),
        ]
        indexes = [models.Index(fields=["day"], name="feed_daily_day")]

    def __str__(self) -> str:
        """Return what was counted when."""
        return f"{self.feed} {self.day}"


class FeedMonthly(models.Model):
    """How many read a feed on the best day of a month that is long gone."""

    feed = models.CharField(max_length=80)
    month = models.DateField()
    readers = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "month"], name="feed_monthly_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="feed_monthly_first_day"),
        ]

    def __str__(self) -> str:
        """Return what was counted when."""
        return f"{self.feed} {self.month}"


class Public(models.Model):
    """What everybody may know: the reach of all works of one spoken language in one month."""

    month = models.DateField()
    language = models.CharField(max_length=35)
    views = models.PositiveBigIntegerField(default=0)
    reads = models.PositiveBigIntegerField(default=0)
    clicks = models.PositiveBigIntegerField(default=0)
    feed_readers = models.PositiveIntegerField(default=0)  # of the feed of the language, on its best day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "language"], name="public_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="public_first_day"),
        ]

    def __str__(self) -> str:
        """Return which figures these are."""
        return f"{self.language} {self.month}"


class Carried(models.Model):
    """How often a work was posted on one network in one language."""

    subject = models.CharField(max_length=80)
    network = models.CharField(max_length=40)
    language = models.CharField(max_length=35)
    posts = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "network", "language"], name="carried_once"),
            models.CheckConstraint(condition=Q(posts__gte=1), name="carried_at_least_once"),
        ]
        ordering = [F("posts").desc(), "network", "language"]

    def __str__(self) -> str:
        """Return what went where."""
        return f"{self.subject} → {self.network}"
