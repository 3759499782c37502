"""What may be counted: works and creators that everybody can see."""

from collections.abc import Collection
from dataclasses import dataclass

from altavoz.core import languages, subjects
from altavoz.showcase import queries as showcase
from altavoz.showcase.models import Creator

WORK = "showcase.publication"
CREATOR = "showcase.creator"


@dataclass(frozen=True)
class Known:
    """What is there: works with the language spoken in them, and creators; both by subject."""

    works: dict[str, str]
    creators: frozenset[str]

    def __contains__(self, subject: object) -> bool:
        """Say whether it may be counted."""
        return subject in self.works or subject in self.creators


def known(asked: Collection[str]) -> Known:
    """Return those of these works and creators that everybody can see, by at most one query for each kind."""
    wanted: dict[str, list[int]] = {WORK: [], CREATOR: []}
    for subject in asked:
        label, pk = subjects.parse(subject)
        wanted[label].append(pk)
    return Known(_works(wanted[WORK]), _creators(wanted[CREATOR]))


def _works(pks: Collection[int]) -> dict[str, str]:
    if not pks:
        return {}
    rows = showcase.visible().filter(pk__in=pks)
    spoken = rows.order_by("pk").values_list("pk", "published_revision__spoken_language")
    return {subjects.subject_of(WORK, pk): languages.base(tag) for pk, tag in spoken}


def _creators(pks: Collection[int]) -> frozenset[str]:
    if not pks:
        return frozenset()
    rows = Creator.objects.filter(pk__in=pks).order_by("pk").values_list("pk", flat=True)
    return frozenset(subjects.subject_of(CREATOR, pk) for pk in rows)
