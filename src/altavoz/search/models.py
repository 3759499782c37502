"""The rows of search: one per document, and counters of the states in which people browse."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

_NEWEST = (F("published_at").desc(), F("id").desc())


class Indexed(models.Model):
    """A document as the index holds it; `indexing.row` says what stands where."""

    subject = models.TextField(unique=True)
    language = models.TextField()
    kind = models.TextField()
    published_at = models.DateTimeField()
    facets = ArrayField(models.TextField())
    terms = SearchVectorField()
    near = ArrayField(models.IntegerField())
    digest = models.TextField()

    class Meta:
        indexes = [
            # Words are written at once, not to a pending list that every search would have to read as well;
            # similar words are asked for rarely.
            GinIndex("terms", name="search_terms", fastupdate=False),
            GinIndex("near", name="search_near"),
            models.Index(*_NEWEST, name="search_newest"),
            models.Index("language", *_NEWEST, name="search_language_newest"),
            models.Index("kind", *_NEWEST, name="search_kind_newest"),
            models.Index("language", "kind", *_NEWEST, name="search_both_newest"),
        ]


class Tally(models.Model):
    """A change to how many documents with `facet` are in `scope`; the sum of all changes is the count.

    Rows are only added, so that nobody waits for anybody; `actions.fold_tallies` adds them up now and then.
    """

    scope = models.TextField()
    facet = models.TextField()
    change = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["scope"], include=["facet", "change"], name="search_tally_scope")]
