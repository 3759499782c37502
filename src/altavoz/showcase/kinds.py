"""What engines may know of publications and creators."""

from collections.abc import Mapping

from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils.translation import gettext as _

from altavoz.core import languages
from altavoz.core.subjects import Description
from altavoz.ingest import queries as ingest
from altavoz.showcase.models import Catalogue, Creator, Ownership, Publication, Revision, WorkTranslation


class PublicationKind:
    """Publications as subjects."""

    label = "showcase.publication"

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, Description]:
        """Return descriptions by primary key in three queries.

        None asks for what is visible; only of a publication that is not visible does it give the newest revision.
        """
        shown = Q(publication__published_revision=F("pk"))
        unseen = Q(publication__published_revision=None, number=F("publication__newest"))
        current = [pk for pk, number in revisions.items() if number is None]
        wanted = Q(publication_id__in=current) & (shown | unseen)
        for pk, number in revisions.items():
            if number is not None:
                wanted |= Q(publication_id=pk, number=number)
        rows = (
            Revision.objects.filter(wanted)
            .select_related("publication__catalogue", "thumbnail")
            .prefetch_related("publication__credits__creator")
        )
        return {row.publication_id: _describe(row) for row in rows}

    def parties(self, pk: int) -> frozenset[int]:
        """Return the accounts that are, or are about to prove to be, a creator credited with the work."""
        return _people(list(Creator.objects.filter(credits__publication_id=pk)))


class CreatorKind:
    """Creators as subjects."""

    label = "showcase.creator"

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, Description]:
        """Return descriptions by primary key; a creator has one revision, the present one."""
        return {row.pk: _describe_creator(row) for row in Creator.objects.filter(pk__in=revisions)}

    def parties(self, pk: int) -> frozenset[int]:
        """Return the accounts that are, or are about to prove to be, this creator."""
        return _people(list(Creator.objects.filter(pk=pk)))


class CatalogueKind:
    """Catalogues as subjects: what two leads adopt."""

    label = "showcase.catalogue"

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, Description]:
        """Return descriptions by primary key; a catalogue has one revision, the present one."""
        return {row.pk: _describe_catalogue(row) for row in Catalogue.objects.filter(pk__in=revisions)}

    def parties(self, pk: int) -> frozenset[int]:  # noqa: ARG002  every kind is asked
        """Return nobody: a catalogue is the work of all it names, none of whom decided what is in it."""
        return frozenset()


class TranslationKind:
    """Translations of titles and summaries as subjects: their words are what the moderators judge."""

    label = "showcase.translation"

    def describe(self, revisions: Mapping[int, int | None]) -> Mapping[int, Description]:
        """Return descriptions by primary key; a translation has one revision, and never another."""
        rows = (
            WorkTranslation.objects.filter(pk__in=revisions)
            .select_related("revision")
            .prefetch_related("publication__credits__creator")
        )
        return {row.pk: _describe_translation(row) for row in rows}

    def parties(self, pk: int) -> frozenset[int]:
        """Return the accounts that wrote it, and those whose work it is about."""
        row = WorkTranslation.objects.filter(pk=pk).first()
        if row is None:
            return frozenset()
        creators = Creator.objects.filter(credits__publication=row.publication_id)
        return self.authors(pk) | _people(list(creators))

    def authors(self, pk: int) -> frozenset[int]:
        """Return the account that wrote it; the work's creators hear nothing of what was never shown."""
        row = WorkTranslation.objects.filter(pk=pk, author__isnull=False).first()
        return frozenset() if row is None or row.author_id is None else frozenset({row.author_id})


def _people(creators: list[Creator]) -> frozenset[int]:
    owners = Ownership.objects.filter(creator__in=creators, ended_at=None).values_list(
        "account_id", flat=True
    )
    return frozenset(owners).union(*(ingest.claimants(creator.subject) for creator in creators))


def _describe(revision: Revision) -> Description:
    publication: Publication = revision.publication
    creators = [credit.creator for credit in publication.credits.all()]
    first = creators[0] if creators else None
    return Description(
        subject=publication.subject,
        revision=revision.number,
        title=revision.title,
        summary=revision.summary,
        language=revision.metadata_language,
        spoken_language=revision.spoken_language,
        kind=revision.kind,
        url=revision.url,
        page=revision.page,
        creator=first.subject if first else "",
        creator_name=", ".join(creator.name for creator in creators),
        creator_handles=first.handles if first else {},
        topics=tuple(revision.topics),
        image=_picture(revision),
        published_at=revision.published_at,
        duration_s=revision.duration_s,
        origin=publication.catalogue.name if publication.catalogue else "",
    )


def _picture(revision: Revision) -> str:
    renditions = revision.thumbnail.renditions if revision.thumbnail else []
    return default_storage.url(renditions[-1]["name"]) if renditions else ""


def _describe_creator(creator: Creator) -> Description:
    return Description(
        subject=creator.subject,
        revision=1,
        title=creator.name,
        summary=creator.about,
        language=creator.about_language or "und",
        spoken_language=creator.about_language or "und",
        kind="creator",
        url=creator.website,
        page=creator.page,
        creator=creator.subject,
        creator_name=creator.name,
        creator_handles=creator.handles,
    )


def _describe_catalogue(catalogue: Catalogue) -> Description:
    return Description(
        subject=catalogue.subject,
        revision=1,
        title=catalogue.name,
        summary="",
        language="und",
        spoken_language="und",
        kind="catalogue",
        url=catalogue.url,
        page="explore/",
    )


def _describe_translation(translation: WorkTranslation) -> Description:
    work, original = translation.publication, translation.revision
    return Description(
        subject=translation.subject,
        revision=1,
        title=translation.title,
        summary=translation.summary,
        language=translation.language,
        spoken_language=languages.base(translation.language),  # whose team judges what is said of it, too
        kind="translation",
        url=original.url,
        page=original.page,
        creator_name=", ".join(credit.creator.name for credit in work.credits.all()),
        again=_("Correct your words on the page of the work and send them again. People look at them again."),
    )
