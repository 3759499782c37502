"""Who must not decide on a subject."""

from altavoz.core import subjects
from altavoz.moderation.models import Case, Exclusion, Report
from altavoz.people import queries as people
from altavoz.people.models import Account


def barred(subject: str) -> frozenset[int]:
    """Return the accounts too close to a subject now: authors, co-owners, their affiliates, and who reported it.

    For rules only: the answer mixes reporters with others, and no page may show it.
    """
    parties = subjects.parties(subject)
    reporters = Report.objects.filter(subject=subject, reporter__isnull=False)
    return parties | people.affiliates(parties) | frozenset(reporters.values_list("reporter_id", flat=True))


def is_barred(case: Case, account: Account) -> bool:
    """Tell whether the person must neither see nor decide this case now."""
    stays_away = Exclusion.objects.filter(case=case, moderator=account).exists()
    return stays_away or account.pk in barred(case.subject)
