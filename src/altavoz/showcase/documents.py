"""What the search index is told about a published revision."""

from collections.abc import Collection

from altavoz.search.documents import Document
from altavoz.showcase.models import Publication, Revision


def document(publication: Publication, revision: Revision) -> Document:
    """Return the index's view of a publication whose credits are prefetched."""
    creators = [credit.creator for credit in publication.credits.all()]
    return Document(
        subject=publication.subject,
        kind=revision.kind,
        language=revision.spoken_language,
        metadata_language=revision.metadata_language,
        title=revision.title,
        creator_names=tuple(creator.name for creator in creators),
        summary=revision.summary,
        topics=tuple(revision.topics),
        level=publication.level,
        duration_s=revision.duration_s,
        captions=bool(revision.captions),
        published_at=revision.published_at or publication.gathered_at,
        creators=tuple(creator.subject for creator in creators),
    )


def documents(ids: Collection[int]) -> list[Document]:
    """Return documents of the visible ones among these publications, in three queries."""
    rows = (
        Publication.objects.filter(pk__in=ids, published_revision__isnull=False)
        .select_related("published_revision")
        .prefetch_related("credits__creator")
    )
    return [document(row, row.published_revision) for row in rows if row.published_revision]
