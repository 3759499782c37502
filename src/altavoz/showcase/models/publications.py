"""Publications and their revisions: a revision never changes, and only an approved one is ever shown."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from altavoz.showcase.models.creators import Creator
from altavoz.showcase.models.thumbnails import Thumbnail
from altavoz.showcase.states import LIVING, Basis, State


class Topic(models.Model):
    """A subject matter, with its name in the languages somebody gave it."""

    slug = models.CharField(max_length=60, unique=True)
    labels = models.JSONField(default=dict)  # language → label

    def __str__(self) -> str:
        """Return the slug."""
        return self.slug


class Catalogue(models.Model):
    """A collection with an editorial review of its own, such as pyvideo."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    url = models.URLField(blank=True)
    licence = models.CharField(max_length=60, blank=True)
    source = models.OneToOneField("ingest.Source", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        """Return the name."""
        return self.name

    @property
    def subject(self) -> str:
        """The text that names this catalogue to engines."""
        return f"showcase.catalogue:{self.pk}"


class Publication(models.Model):
    """A work, whatever it is and wherever it lives; what is shown of it is its published revision."""

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_revision = models.OneToOneField(
        "Revision", on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    basis = models.CharField(max_length=10, choices=Basis, blank=True)
    newest = models.PositiveIntegerField(default=0)  # number of the newest revision
    submitted = models.PositiveIntegerField(default=0)  # number of the revision last handed to the moderators
    declined = models.PositiveIntegerField(default=0)  # number of the revision last declined
    language = models.CharField(max_length=35, default="und")  # whose team can judge the newest revision
    lead = models.ForeignKey(Creator, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    canonical_url = models.CharField(max_length=2_000, blank=True)
    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, null=True, blank=True)
    collection = models.CharField(max_length=200, blank=True)  # the catalogue's own category
    adoption = models.BigIntegerField(null=True, blank=True)  # the decision that made it visible
    sampled = models.BooleanField(default=False)  # adopted, and to be reviewed like any other all the same
    promotable = models.BooleanField(default=True)  # False where its catalogue forbids re-hosting
    level = models.CharField(max_length=12, blank=True)
    creators = models.ManyToManyField(Creator, through="Credit", related_name="publications")
    gathered_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.PUBLISHED, published_revision__isnull=False)
                | (~Q(state=State.PUBLISHED) & Q(published_revision__isnull=True)),
                name="publication_visible_iff_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | ~Q(basis=""), name="publication_published_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(basis=Basis.CATALOGUE) | Q(adoption__isnull=False),
                name="publication_adopted_by_a_decision",
            ),
            models.UniqueConstraint(
                fields=["canonical_url"],
                condition=Q(state__in=LIVING) & ~Q(canonical_url=""),
                name="publication_one_per_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["language", "gathered_at", "id"],
                condition=Q(newest__gt=F("submitted")),
                name="publication_waiting",
            ),
            models.Index(fields=["catalogue", "state"], name="publication_of_catalogue"),
        ]

    def __str__(self) -> str:
        """Return the subject; the title belongs to a revision."""
        return self.subject

    @property
    def subject(self) -> str:
        """The text that names this publication to engines."""
        return f"showcase.publication:{self.pk}"


class Revision(models.Model):
    """What a publication's source said at one moment. Never changed."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    title = models.TextField()
    slug = models.CharField(max_length=80)
    summary = models.TextField(blank=True)
    metadata_language = models.CharField(max_length=35)
    spoken_language = models.CharField(max_length=35)
    url = models.CharField(max_length=2_000)
    media_url = models.CharField(max_length=2_000, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    duration_s = models.PositiveIntegerField(null=True, blank=True)
    topics = ArrayField(models.CharField(max_length=60), default=list)
    captions = ArrayField(models.CharField(max_length=35), default=list)
    licence = models.CharField(max_length=60, blank=True)
    thumbnail_url = models.CharField(max_length=2_000, blank=True)
    thumbnail = models.ForeignKey(Thumbnail, on_delete=models.SET_NULL, null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)  # at the source
    starts_at = models.DateTimeField(null=True, blank=True)  # of what can be watched live
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def page(self) -> str:
        """The path of the work's page below /<interface language>/."""
        return f"works/{self.publication_id}-{self.slug}/"


class Credit(models.Model):
    """That a creator made a publication, and in which place they are named."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="credits")
    creator = models.ForeignKey(Creator, on_delete=models.CASCADE, related_name="credits")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "creator"], name="showcase_credit_once"),
        ]
        indexes = [models.Index(fields=["creator", "-publication"], name="showcase_credit_creator")]

    def __str__(self) -> str:
        """Return who made what."""
        return f"{self.creator_id} → {self.publication_id}"


class Link(models.Model):
    """That an entry of a source tells of a publication, and why we hold the two for the same."""

    class Reason(models.TextChoices):
        """Why an entry belongs to a publication."""

        FIRST = "first", _("It was first seen here.")
        SAME_ADDRESS = "same_address", _("It has the same canonical address.")

    entry_id = models.BigIntegerField(unique=True)  # an ingest entry; it may be gone by now
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="links")
    reason = models.CharField(max_length=20, choices=Reason)

    def __str__(self) -> str:
        """Return what is linked."""
        return f"{self.entry_id} → {self.publication_id}"
