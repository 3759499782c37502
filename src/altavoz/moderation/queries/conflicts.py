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
    return parties | people.affiliates(parties) | _reporters(subject)


def _reporters(subject: str) -> frozenset[int]:
    """Return who reported it: by account, or by an address that an account has by now."""
    told = Report.objects.filter(subject=subject).values_list("reporter_id", "address")
    addresses = [address for _reporter, address in told if address]
    later = Account.objects.filter(email__in=addresses).values_list("pk", flat=True) if addresses else ()
    return frozenset(reporter for reporter, _address in told if reporter is not None) | frozenset(later)


def is_barred(case: Case, account: Account) -> bool:
    """Tell whether the person must neither see nor decide this case now."""
    stays_away = Exclusion.objects.filter(case=case, moderator=account).exists()
    return stays_away or account.pk in barred(case.subject)
