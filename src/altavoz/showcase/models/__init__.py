"""The rows of the showcase: creators, publications and their immutable revisions."""

from altavoz.showcase.models.creators import Creator, Ownership
from altavoz.showcase.models.publications import Catalogue, Credit, Link, Publication, Revision, Topic
from altavoz.showcase.models.thumbnails import Thumbnail

__all__ = [
    "Catalogue",
    "Creator",
    "Credit",
    "Link",
    "Ownership",
    "Publication",
    "Revision",
    "Thumbnail",
    "Topic",
]
