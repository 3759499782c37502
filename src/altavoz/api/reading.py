"""Rows of the showcase as the API tells them: only what is visible, and only what is public of it."""

from collections.abc import Collection, Iterable, Sequence
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from altavoz.api import shapes
from altavoz.core import languages
from altavoz.core.subjects import key_of
from altavoz.search.documents import Page
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator, Publication, Revision

#: What the purge calls every list of works (a test holds the two together).
LISTS = "web.works"


def lang() -> str:
    """Return the language of labels and errors, as a BCP 47 tag."""
    head, _dash, region = (get_language() or settings.LANGUAGE_CODE).partition("-")
    return f"{head}-{region.upper()}" if region else head


def absolute(name: str, *arguments: object, query: Sequence[tuple[str, str]] = ()) -> str:
    """Return the absolute address of a view, with parameters."""
    path = reverse(name, args=arguments)
    return settings.PUBLIC_URL + path + (f"?{urlencode(query)}" if query else "")


def page(path: str) -> str:
    """Return the absolute address of a page for people, in the language of the labels."""
    return f"{settings.PUBLIC_URL}/{get_language()}/{iri_to_uri(path)}"


def feeds(query: Sequence[tuple[str, str]]) -> shapes.Feeds:
    """Return the feeds of a list."""
    atom, rss, json_feed = (absolute("feeds:feed", kind, query=query) for kind in ("atom", "rss", "json"))
    return shapes.Feeds(atom=atom, rss=rss, json_feed=json_feed)


def language_name(tag: str) -> shapes.LanguageName:
    """Return a language by its names."""
    return shapes.LanguageName(
        tag=tag,
        autonym=_autonym(tag),
        name=_("Language unknown") if tag == languages.UNKNOWN else languages.name(tag, lang()),
        direction=languages.direction(tag),
    )


def _autonym(tag: str) -> str:
    return "" if tag == languages.UNKNOWN else languages.autonym(tag)


def works(subjects: Sequence[str]) -> list[shapes.Work]:
    """Return the visible ones of these works, in their order, by four questions."""
    pks = [key_of(subject) for subject in subjects]
    rows = showcase.visible().filter(pk__in=pks).select_related("published_revision__thumbnail", "catalogue")
    found = rows.prefetch_related("credits__creator").in_bulk()
    shown = [found[pk] for pk in pks if pk in found]
    labels = topic_labels(shown)
    return [work(row, labels) for row in shown]


def topic_labels(rows: Iterable[Publication]) -> dict[str, str]:
    """Return the names of all topics of these works, by one question."""
    slugs = {slug for row in rows if row.published_revision for slug in row.published_revision.topics}
    return showcase.topics(slugs, get_language() or "")


def work(row: Publication, labels: dict[str, str]) -> shapes.Work:
    """Return a visible work whose revision and creators were fetched."""
    shown = row.published_revision
    assert shown is not None  # noqa: S101 - the database keeps this promise for visible ones
    return shapes.Work(
        id=row.pk,
        href=absolute("api:work", row.pk),
        page=page(shown.page),
        url=shown.url,
        revision=shown.number,
        kind=shown.kind,
        kind_label=kind_label(shown.kind),
        title=shown.title,
        summary=shown.summary,
        metadata_language=shown.metadata_language,
        language=language_name(shown.spoken_language),
        captions=list(shown.captions),
        topics=[shapes.Label(value=slug, label=labels[slug]) for slug in shown.topics],
        level=row.level,
        duration_s=shown.duration_s,
        published_at=shown.published_at,
        shown_at=row.first_published_at or row.gathered_at,
        changed_at=row.changed_at,
        creators=[creator_link(credit.creator) for credit in row.credits.all()],
        licence=shown.licence,
        basis=row.basis,
        catalogue=_catalogue(row),
        image=_image(shown),
    )


def _catalogue(row: Publication) -> shapes.Catalogue | None:
    found = row.catalogue
    if found is None:
        return None
    return shapes.Catalogue(slug=found.slug, name=found.name, url=found.url, licence=found.licence)


def _image(shown: Revision) -> str:
    renditions = shown.thumbnail.renditions if shown.thumbnail else []
    return urljoin(settings.PUBLIC_URL, default_storage.url(renditions[-1]["name"])) if renditions else ""


def kind_label(kind: str) -> str:
    """Return what a kind of work is called."""
    known = {
        "video": _("Video"),
        "article": _("Article"),
        "podcast": _("Podcast"),
        "talk": _("Talk"),
        "course": _("Course"),
        "live": _("Live"),
    }
    return known.get(kind, kind)


def creator_link(row: Creator) -> shapes.CreatorLink:
    """Return who made a work."""
    return shapes.CreatorLink(
        id=row.pk, name=row.name, href=absolute("api:creator", row.pk), page=page(row.page)
    )


def creator(row: Creator) -> shapes.Creator:
    """Return a creator who was decorated with their languages and number of works."""
    query = [("creator", row.subject)]
    return shapes.Creator(
        id=row.pk,
        href=absolute("api:creator", row.pk),
        page=page(row.page),
        name=row.name,
        about=row.about,
        about_language=row.about_language,
        website=row.website,
        handles={str(name): str(handle) for name, handle in row.handles.items()},
        country=row.country,
        claimed=row.claimed_at is not None,
        works=row.visible_works,
        languages=[language_name(tag) for tag in row.languages],
        works_href=absolute("api:works", query=[("creator", str(row.pk))]),
        feeds=feeds(query),
    )


def language(tag: str, count: int) -> shapes.Language:
    """Return a language with how many works speak it."""
    return shapes.Language(
        **language_name(tag).model_dump(),
        works=count,
        page=page(f"languages/{tag}/") if tag != languages.UNKNOWN else page(f"explore/?language={tag}"),
        works_href=absolute("api:works", query=[("language", tag)]),
        feeds=feeds([("language", tag)]),
    )


def facets(found: Page) -> dict[str, list[shapes.FacetValue]]:
    """Return what else could be chosen, with names."""
    labels = showcase.topics([one.value for one in found.facets.get("topic", ())], get_language() or "")
    return {
        name: [
            shapes.FacetValue(
                value=str(one.value), label=_label(name, str(one.value), labels), works=one.count
            )
            for one in values
        ]
        for name, values in found.facets.items()
    }


def _label(name: str, value: str, topics: dict[str, str]) -> str:
    if name == "language":
        return language_name(value).name
    if name == "kind":
        return kind_label(value)
    return topics.get(value, value) if name == "topic" else value


def subjects(rows: Collection[shapes.Work]) -> set[str]:
    """Return what an answer that lists these works shows."""
    shown = {f"showcase.publication:{row.id}" for row in rows}
    return shown | {f"showcase.creator:{one.id}" for row in rows for one in row.creators}
