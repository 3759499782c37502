"""The rows of the showcase: creators, publications and their immutable revisions."""

from altavoz.showcase.models.creators import Creator, Ownership
from altavoz.showcase.models.publications import Catalogue, Credit, Link, Publication, Revision, Topic
from altavoz.showcase.models.suggestions import Refusal, Suggestion
from altavoz.showcase.models.thumbnails import Thumbnail
from altavoz.showcase.models.translations import WorkTranslation
from altavoz.showcase.models.wishes import Correction, Wish

__all__ = [
    "Catalogue",
    "Correction",
    "Creator",
    "Credit",
    "Link",
    "Ownership",
    "Publication",
    "Refusal",
    "Revision",
    "Suggestion",
    "Thumbnail",
    "Topic",
    "Wish",
    "WorkTranslation",
]
