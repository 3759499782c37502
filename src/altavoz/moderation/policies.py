"""Who may do what here: the whole access policy of moderation at a glance. Nobody is exempt, not even an operator."""

from rules.permissions import has_perm, set_perm
from rules.predicates import Predicate

from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.people.states import Role, TeamKind


@Predicate
def moderates(account: Account | None, language: str) -> bool:
    """Tell whether this is a full member or lead of that language's moderation team; trainees watch."""
    return account is not None and people.has_role(account, language, TeamKind.MODERATION)


@Predicate
def leads(account: Account | None, language: str) -> bool:
    """Tell whether this is a lead of that language's moderation team."""
    return account is not None and people.has_role(account, language, TeamKind.MODERATION, Role.LEAD)


@Predicate
def signed_in(account: Account | None) -> bool:
    """Tell whether this is anybody with a living account."""
    return account is not None and account.is_active


# Cases: the thing is the case's language
CASE = {
    "moderation.review": moderates,
    "moderation.hand_back": leads,
}
# Reports
REPORT = {"moderation.report": signed_in}
# Adoptions: the thing is the language adopted for
ADOPTION = {"moderation.adopt": leads}

for _permission, _predicate in (CASE | REPORT | ADOPTION).items():
    set_perm(_permission, _predicate)  # type: ignore[no-untyped-call]


def may(account: Account | None, permission: str, language: str = "") -> bool:
    """Tell whether the person may do that for the language."""
    return bool(has_perm(permission, account, language))  # type: ignore[no-untyped-call]


def languages_of(account: Account) -> list[str]:
    """Return the languages whose cases the person may review: `moderation.review` for all of them in one question."""
    return people.languages_of(account, TeamKind.MODERATION) if account.is_active else []
