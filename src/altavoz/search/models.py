"""The rows of search: documents, counters of the states in which people browse, words of titles, saved searches."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

_NEWEST = (F("published_at").desc(), F("id").desc())


class Indexed(models.Model):
    """A document as the index holds it; `indexing.row` says what stands where."""

    subject = models.TextField(unique=True)
    language = models.TextField()
    kind = models.TextField()
    published_at = models.DateTimeField()
    facets = ArrayField(models.TextField())
    terms = SearchVectorField()
    near = ArrayField(models.IntegerField())  # empty: since 0003 words have a table of their own
    digest = models.TextField()

    class Meta:
        indexes = [
            # Words are written at once, not to a pending list that every search would have to read as well.
            GinIndex("terms", name="search_terms", fastupdate=False),
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


class Word(models.Model):
    """A word of a title as people wrote it, to offer instead of one that was misspelt.

    `term` is the word folded, `near` what it shares with its misspellings. Rows are added without waiting for
    anybody, so that a word may stand twice; it goes with the last title that has it.
    """

    language = models.TextField()
    term = models.TextField()
    shown = models.TextField()
    near = ArrayField(models.IntegerField())

    class Meta:
        indexes = [
            models.Index(fields=["term", "language"], name="search_word_term"),
            GinIndex("near", name="search_word_near"),
        ]


class SavedSearch(models.Model):
    """A list of works that a person wants to come back to; `query` is its address after the question mark."""

    LONGEST_NAME, LONGEST_QUERY, MOST = 80, 1500, 100

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "query"], name="search_saved_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="search_saved_complete"),
        ]
