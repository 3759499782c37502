"""Whose figures are whose."""

from collections.abc import Collection

from altavoz.core.subjects import subject_of
from altavoz.insights.queries.known import CREATOR, WORK
from altavoz.showcase.models import Credit, Ownership


def works_of(creators: Collection[int]) -> list[str]:
    """Return the subjects of all works credited to these creators, shown or not; one query."""
    works = Credit.objects.filter(creator__in=list(creators)).order_by("publication_id")
    return [subject_of(WORK, pk) for pk in works.values_list("publication_id", flat=True).distinct()]


def subjects_of(creators: Collection[int]) -> list[str]:
    """Return these creators' subjects and those of all their works; one query."""
    return [*(subject_of(CREATOR, pk) for pk in sorted(set(creators))), *works_of(creators)]


def creators_of(account_id: int) -> list[int]:
    """Return the creators an account speaks for; one query."""
    mine = Ownership.objects.filter(account_id=account_id, ended_at=None).order_by("creator_id")
    return list(mine.values_list("creator_id", flat=True))


def only_of(account_id: int) -> list[str]:
    """Return the subjects, creators and works, that nobody but this account has a say in; three queries."""
    mine = creators_of(account_id)
    others = Ownership.objects.filter(ended_at=None).exclude(account_id=account_id)
    shared = set(others.filter(creator__in=mine).order_by("pk").values_list("creator_id", flat=True))
    works = Credit.objects.filter(creator__in=mine).exclude(
        publication__credits__creator__in=others.values("creator")
    )
    pks = works.order_by("publication_id").values_list("publication_id", flat=True).distinct()
    return [
        *(subject_of(CREATOR, pk) for pk in mine if pk not in shared),
        *(subject_of(WORK, pk) for pk in pks),
    ]
