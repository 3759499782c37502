"""Which guidelines hold, and their clauses as pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from altavoz.moderation.clauses import SHIPPED, Origin
from altavoz.moderation.models import Clause, PolicyVersion


@dataclass(frozen=True)
class ClauseView:
    """A clause in the reader's language, with a link to the version it is pinned to."""

    code: str
    origin: str
    label: str
    fix: str
    link: str


def policy_current(at: datetime) -> PolicyVersion | None:
    """Return the guidelines in effect at that time."""
    in_effect = Q(effective_to__isnull=True) | Q(effective_to__gt=at)
    return PolicyVersion.objects.filter(in_effect, slug=SHIPPED.slug, effective_from__lte=at).first()


def clauses_of(policy: PolicyVersion, codes: Collection[str] | None = None) -> tuple[ClauseView, ...]:
    """Return the clauses of a version, or those of `codes`, in the order of the document."""
    chosen = Clause.objects.filter(policy=policy)
    if codes is not None:
        chosen = chosen.filter(code__in=codes)
    return tuple(_view(clause, policy) for clause in chosen.order_by("pk"))


def _view(clause: Clause, policy: PolicyVersion) -> ClauseView:
    page = f"{settings.PUBLIC_URL}/{get_language()}/guidelines/"
    text = policy.pinned_url if clause.origin == Origin.PSF else page
    return ClauseView(clause.code, clause.origin, str(clause), clause.fix, f"{text}#{clause.anchor}")
