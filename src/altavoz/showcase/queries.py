"""What pages ask of the showcase: one function each, which fetches all that it shows."""

from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

from django.core.cache import cache
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, Window
from django.db.models.functions import Mod, RowNumber

from altavoz.people.models import Account
from altavoz.showcase.models import (
    Creator,
    Credit,
    Ownership,
    Publication,
    Revision,
    Topic,
    WorkTranslation,
)
from altavoz.showcase.states import State, Translating

_TURN_S = 3600
_counting = Lock()


def visible() -> QuerySet[Publication]:
    """Return what anybody may see."""
    return Publication.objects.filter(published_revision__isnull=False)


def work(pk: int) -> Publication | None:
    """Return a visible publication with its revision, thumbnail, catalogue and creators; None where it is not."""
    return (
        visible()
        .filter(pk=pk)
        .select_related("published_revision__thumbnail", "catalogue")
        .prefetch_related(Prefetch("credits", Credit.objects.select_related("creator")))
        .first()
    )


def is_gone(pk: int) -> bool:
    """Return whether a work could be seen here once and was withdrawn or removed since."""
    rows = Publication.objects.filter(pk=pk, state__in=(State.WITHDRAWN, State.REMOVED))
    return rows.filter(first_published_at__isnull=False).exists()


def presentable() -> QuerySet[Creator]:
    """Return the creators who have a page: those who claimed theirs or have something visible."""
    seen = Credit.objects.filter(creator=OuterRef("pk"), publication__published_revision__isnull=False)
    return Creator.objects.filter(Q(claimed_at__isnull=False) | Q(Exists(seen)))


def creator(slug: str) -> Creator | None:
    """Return a creator who claimed their page or has something visible; None for any other."""
    return None if "\0" in slug else presentable().filter(slug=slug).first()  # no text of PostgreSQL holds it


@dataclass(frozen=True)
class CreatorPage:
    """A page of the directory; `cursor` is what the next one is asked for with."""

    creators: tuple[Creator, ...]
    cursor: tuple[str, int] | None


def creators(
    *, after: tuple[str, int] | None = None, limit: int = 48, among: QuerySet[Creator] | None = None
) -> CreatorPage:
    """Return presentable creators in reading order, each with `visible_works` and `languages`, in two queries."""
    rows = (presentable() if among is None else among).order_by("sort_key", "pk")
    if after is not None:
        rows = rows.filter(Q(sort_key__gt=after[0]) | Q(sort_key=after[0], pk__gt=after[1]))
    found = list(rows[: limit + 1])
    page = found[:limit]
    decorate(page)
    last = (page[-1].sort_key, page[-1].pk) if len(found) > limit else None
    return CreatorPage(tuple(page), last)


def decorate(found: Collection[Creator]) -> None:
    """Set `visible_works` (a number) and `languages` (spoken, most used first) on each creator, in one query."""
    counted = (
        Credit.objects.filter(creator__in=found, publication__published_revision__isnull=False)
        .values_list("creator_id", "publication__published_revision__spoken_language")
        .annotate(works=Count("pk"))
        .order_by("-works")
    )
    by_creator: dict[int, list[tuple[str, int]]] = {}
    for pk, language, works in counted:
        by_creator.setdefault(pk, []).append((language, works))
    for row in found:
        mine = by_creator.get(row.pk, [])
        row.visible_works = sum(works for _, works in mine)
        row.languages = tuple(language for language, _ in mine)


def spotlight(languages: Collection[str], *, day: int, limit: int = 3) -> tuple[Creator, ...]:
    """Return creators to present today: by turns, so that over time each is presented as often as any other.

    `day` is the number of the day; those of the given languages come first where any are given. Whose turn it is
    is worked out once an hour, because everybody has to be counted for it.
    """
    key = f"showcase.spotlight:{day}:{limit}:{','.join(sorted(languages))}"
    ids: list[int] | None = cache.get(key)
    if ids is None:
        with _counting:  # others wait for the answer instead of counting as well
            ids = cache.get(key)
            people = _turn(languages, day, limit) if ids is None else _in_order(ids)
            if people:  # the first voice of a language is presented at once
                cache.add(key, [person.pk for person in people], _TURN_S)
    else:
        people = _in_order(ids)
    decorate(people)
    return tuple(people)


def _in_order(ids: Collection[int]) -> list[Creator]:
    found = presentable().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _turn(languages: Collection[str], day: int, limit: int) -> list[Creator]:
    """Return the creators whose turn it is: of all in the order they came, those that the days before left."""
    people = _heard_in(languages) if languages else presentable()
    counted = people.annotate(place=Window(RowNumber(), order_by="pk") - 1, people=Window(Count("pk")))
    first = Mod(Value(day * limit), F("people"))
    return list(
        counted.annotate(turn=Mod(F("place") - first + F("people"), F("people")))
        .filter(turn__lt=limit)
        .order_by("turn")
    )


def _heard_in(languages: Collection[str]) -> QuerySet[Creator]:
    spoken = Credit.objects.filter(publication__published_revision__spoken_language__in=list(languages))
    return Creator.objects.filter(pk__in=spoken.values("creator"))


def works_of(creator_pk: int, *, limit: int = 6, but: int | None = None) -> list[str]:
    """Return the subjects of a creator's visible works, newest here first."""
    rows = visible().filter(credits__creator=creator_pk)
    if but is not None:
        rows = rows.exclude(pk=but)
    return [row.subject for row in rows.only("pk").order_by("-first_published_at", "-pk")[:limit]]


def owned_by(account: Account) -> QuerySet[Creator]:
    """Return the creators an account speaks for, by name."""
    mine = Ownership.objects.filter(account_id=account.pk, ended_at=None).values("creator")
    return Creator.objects.filter(pk__in=mine).order_by("sort_key", "pk")


@dataclass(frozen=True)
class DeskWork:
    """A work as its creator's desk lists it: the newest revision, and whether that is the one shown."""

    publication: Publication
    revision: Revision

    @property
    def change_in_review(self) -> bool:
        """Say whether the work is shown as it was approved while a newer revision is being checked."""
        shown = self.publication.published_revision_id
        return (
            shown is not None
            and shown != self.revision.pk
            and self.publication.declined < self.revision.number
        )


def desk(creators: Collection[int], *, before: int | None = None, limit: int = 25) -> list[DeskWork]:
    """Return the newest works of these creators whatever their state, two queries; `before` pages on by id."""
    rows = Publication.objects.filter(lead__in=creators).select_related("published_revision")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[:limit])
    newest = Revision.objects.filter(publication__in=page, number=F("publication__newest"))
    by_publication = {revision.publication_id: revision for revision in newest}
    return [DeskWork(row, by_publication[row.pk]) for row in page if row.pk in by_publication]


def topics(slugs: Collection[str], language: str) -> dict[str, str]:
    """Return labels of topics in a language, else the slug with spaces, by slug."""
    known = {topic.slug: topic.labels for topic in Topic.objects.filter(slug__in=slugs)}
    return {slug: known.get(slug, {}).get(language) or slug.replace("-", " ") for slug in slugs}


def topic_labels(language: str) -> dict[str, str]:
    """Return the labels of all topics that somebody named in a language, by slug."""
    named = Topic.objects.filter(labels__has_key=language).values_list("slug", f"labels__{language}")
    return dict(named)


def translation(pk: int) -> WorkTranslation | None:
    """Return a translation anybody may see, with its author, original and work; None for any other."""
    rows = WorkTranslation.objects.filter(
        pk=pk, state=Translating.SHOWN, publication__published_revision__isnull=False
    )
    return rows.select_related("author", "revision", "publication__published_revision").first()


def original_of(pk: int) -> Revision | None:
    """Return the revision that a translation in any state was made of."""
    row = WorkTranslation.objects.filter(pk=pk).select_related("revision").first()
    return row.revision if row else None


def translations_by(account: Account, publication: Publication) -> list[WorkTranslation]:
    """Return what a person wrote about a work in other languages and did not take away, newest first."""
    mine = WorkTranslation.objects.filter(author_id=account.pk, publication=publication)
    return list(mine.exclude(state=Translating.REMOVED).select_related("revision").order_by("-pk"))
