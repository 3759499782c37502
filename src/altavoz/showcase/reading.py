"""What the page of a work shows, asked in as few questions as there are kinds of things on it."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, Func, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from altavoz.core.subjects import subject_of
from altavoz.ingest.models import Entry
from altavoz.showcase.models import Creator, Credit, Link, Publication, Revision, Topic, WorkTranslation
from altavoz.showcase.queries import visible
from altavoz.showcase.states import Translating

#: How many more works of the same creator are named.
MORE: Final = 3


@dataclass(frozen=True)
class Transcript:
    """Where the words of a work can be read, as its source tells: an address and a BCP 47 tag, or "und"."""

    url: str
    language: str


@dataclass(frozen=True)
class WorkPage:
    """A visible work with all that its page says of it; `more` are subjects of works by its first creator."""

    publication: Publication
    shown: Revision
    creators: tuple[Creator, ...]
    labels: dict[str, dict[str, str]]  # of topics: slug → language → label
    more: tuple[str, ...]
    transcripts: tuple[Transcript, ...]
    translations: dict[str, WorkTranslation]  # by language

    def topics(self, language: str) -> dict[str, str]:
        """Return labels of the work's topics in a language, else the slug with spaces, by slug."""
        return {
            slug: self.labels.get(slug, {}).get(language) or slug.replace("-", " ")
            for slug in self.shown.topics
        }


def work_page(pk: int) -> WorkPage | None:
    """Return what the page of a visible work shows, in three questions; None where it is not visible."""
    row = (
        visible()
        .filter(pk=pk)
        .select_related("published_revision__thumbnail", "catalogue")
        .prefetch_related(
            Prefetch("credits", Credit.objects.select_related("creator")),
            Prefetch("translations", _shown_translations(), to_attr="shown_translations"),
        )
        .annotate(labels=_labels(), more=_more(), told=_told())
        .first()
    )
    if row is None or row.published_revision is None:
        return None
    shown = row.published_revision
    return WorkPage(
        publication=row,
        shown=shown,
        creators=tuple(credit.creator for credit in row.credits.all()),
        labels={each["slug"]: each["labels"] for each in row.labels},
        more=tuple(subject_of("showcase.publication", other) for other in row.more),
        transcripts=_transcripts(row.told, shown),
        translations={each.language: each for each in row.shown_translations},
    )


def _shown_translations() -> QuerySet[WorkTranslation]:
    rows = WorkTranslation.objects.filter(state=Translating.SHOWN)
    return rows.select_related("author", "revision").order_by("language")


def _labels() -> ArraySubquery:
    shown = Revision.objects.filter(pk=OuterRef(OuterRef("published_revision")))
    named = shown.values(topic=Func("topics", function="unnest", output_field=CharField()))
    return ArraySubquery(
        Topic.objects.filter(slug__in=named).values(told=JSONObject(slug="slug", labels="labels"))
    )


def _more() -> ArraySubquery:
    """Return the newest other works of the creator who is named first."""
    first = Credit.objects.filter(publication=OuterRef(OuterRef("pk"))).order_by("position", "pk")
    others = (
        visible()
        .filter(credits__creator=Subquery(first.values("creator")[:1]))
        .exclude(pk=OuterRef("pk"))
        .order_by("-first_published_at", "-pk")
    )
    return ArraySubquery(others.values("pk")[:MORE])


def _told() -> ArraySubquery:
    """Return what the entries of the work's sources tell of transcripts."""
    entries = Link.objects.filter(publication=OuterRef(OuterRef("pk"))).values("entry_id")
    told = Entry.objects.filter(pk__in=entries, gone_at=None, extra__has_key="transcripts").order_by("pk")
    return ArraySubquery(told.annotate(transcripts=F("extra__transcripts")).values("transcripts"))


def _transcripts(told: list[Any], shown: Revision) -> tuple[Transcript, ...]:
    """Return those whose languages were approved with the revision."""
    found = (
        Transcript(str(each.get("url", "")), str(each.get("language") or "und"))
        for one in told
        for each in one or ()
    )
    return tuple(dict.fromkeys(one for one in found if one.language in shown.captions and one.url))
