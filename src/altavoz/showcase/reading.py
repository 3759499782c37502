"""What the page of a work shows, asked in as few questions as there are kinds of things on it."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Prefetch

from altavoz.core import statements
from altavoz.core.subjects import subject_of
from altavoz.showcase.models import Creator, Credit, Publication, Revision, WorkTranslation
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
    """Return what the page of a visible work shows; None where it is not visible.

    In three questions, and a fourth where the work was translated.
    """
    row = (
        visible()
        .filter(pk=pk)
        .select_related("published_revision__thumbnail", "catalogue")
        .prefetch_related(Prefetch("credits", Credit.objects.select_related("creator")))
        .first()
    )
    if row is None or row.published_revision is None:
        return None
    shown = row.published_revision
    asked = {"pk": pk, "topics": shown.topics, "more": MORE, "shown": Translating.SHOWN}
    ((labels, more, told, is_translated),) = statements.rows(_BESIDE, asked)
    return WorkPage(
        publication=row,
        shown=shown,
        creators=tuple(credit.creator for credit in row.credits.all()),
        labels=dict(map(_read, labels)),
        more=tuple(subject_of("showcase.publication", other) for other in more),
        transcripts=_transcripts([_read(one) for one in told], shown),
        translations=_shown_translations(pk) if is_translated else {},
    )


def _shown_translations(pk: int) -> dict[str, WorkTranslation]:
    rows = WorkTranslation.objects.filter(publication=pk, state=Translating.SHOWN)
    return {row.language: row for row in rows.select_related("author", "revision").order_by("language")}


# Labels of topics; the newest other works of the creator who is named first; what the entries of the work's sources
# tell of transcripts; whether somebody translated it.
_BESIDE: Final = """
    SELECT ARRAY(SELECT jsonb_build_array(slug, labels) FROM showcase_topic WHERE slug = ANY(%(topics)s::text[])),
        ARRAY(SELECT other.id FROM showcase_credit c JOIN showcase_publication other ON other.id = c.publication_id
            WHERE c.creator_id = (SELECT creator_id FROM showcase_credit WHERE publication_id = %(pk)s
                ORDER BY position, id LIMIT 1)
            AND other.id <> %(pk)s AND other.published_revision_id IS NOT NULL
            ORDER BY other.first_published_at DESC, other.id DESC LIMIT %(more)s),
        ARRAY(SELECT entry.extra -> 'transcripts' FROM showcase_link link
            JOIN ingest_entry entry ON entry.id = link.entry_id
            WHERE link.publication_id = %(pk)s AND entry.gone_at IS NULL AND entry.extra ? 'transcripts'
            ORDER BY entry.id),
        EXISTS(SELECT FROM showcase_worktranslation WHERE publication_id = %(pk)s AND state = %(shown)s::text)"""


def _read(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """Return the value; Django leaves JSON unread on its connections."""
    return json.loads(value) if isinstance(value, str) else value


def _transcripts(told: list[Any], shown: Revision) -> tuple[Transcript, ...]:
    """Return those whose languages were approved with the revision."""
    found = (
        Transcript(str(each.get("url", "")), str(each.get("language") or "und"))
        for one in told
        for each in one or ()
    )
    return tuple(dict.fromkeys(one for one in found if one.language in shown.captions and one.url))
