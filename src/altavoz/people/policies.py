"""Who may do what to accounts, teams and affiliations: the whole access policy of this room at a glance."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from rules.permissions import has_perm, set_perm
from rules.predicates import Predicate

from altavoz.people import queries
from altavoz.people.models import Account, Affiliation, Membership, Team
from altavoz.people.states import Role


@Predicate
def is_system(by: Account | None) -> bool:
    """Tell whether the program itself acts: a command, a job, a handler."""
    return by is None


@Predicate
def is_operator(by: Account | None) -> bool:
    """Tell whether this is somebody who runs the installation."""
    return by is not None and by.is_active and by.is_superuser


@Predicate
def is_self(by: Account | None, account: Account) -> bool:
    """Tell whether the account is their own."""
    return by is not None and by.is_active and by.pk == account.pk


@Predicate
def leads_team(by: Account | None, team: Team) -> bool:
    """Tell whether they lead that team."""
    return by is not None and queries.has_role(by, team.language, team.kind, Role.LEAD)


@Predicate
def leads_its_team(by: Account | None, membership: Membership) -> bool:
    """Tell whether they lead the team the membership is in."""
    return bool(leads_team(by, membership.team))


@Predicate
def is_member(by: Account | None, membership: Membership) -> bool:
    """Tell whether the membership is their own."""
    return bool(is_self(by, membership.account))


@Predicate
def understands_team(by: Account | None, team: Team) -> bool:
    """Tell whether they read or write the team's language, by their own profile."""
    if by is None or not by.is_active:
        return False
    profile = queries.profile_of(by)
    return team.language in {*profile.reads, *profile.writes}


@Predicate
def is_one_of_them(by: Account | None, pair: tuple[Account, Account]) -> bool:
    """Tell whether they are one of the two."""
    return any(is_self(by, account) for account in pair)


@Predicate
def declared_it(by: Account | None, affiliation: Affiliation) -> bool:
    """Tell whether they declared the affiliation."""
    return by is not None and by.pk == affiliation.declared_by_id


@Predicate
def has_second_factor(by: Account | None) -> bool:
    """Tell whether they have a passkey or an authenticator app; codes by e-mail are not enough."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return by is not None and Authenticator.objects.filter(user_id=by.pk, type__in=kinds).exists()


@Predicate
def second_factor_is_waived() -> bool:
    """Tell whether this installation lets teams work without, as the demo does."""
    return not settings.ALTAVOZ_REQUIRE_MFA


# Accounts
ACCOUNT = {
    "people.work_in_teams": second_factor_is_waived | has_second_factor,
    "people.change_account": is_self,
    "people.export_account": is_self | is_operator | is_system,
    "people.erase_account": is_self | is_operator | is_system,
}
# Teams
TEAM = {
    "people.open_team": is_operator | is_system,
    "people.join_team_as_trainee": understands_team,
    "people.add_member": leads_team | is_operator | is_system,
    "people.view_roster": leads_team | is_operator,
}
# Memberships
MEMBERSHIP = {
    "people.change_role": (leads_its_team & ~is_member) | is_operator | is_system,
    "people.end_membership": is_member | leads_its_team | is_operator | is_system,
}
# Affiliations: nobody can make another person's declaration go away
AFFILIATION = {
    "people.declare_affiliation": is_one_of_them | is_system,
    "people.end_affiliation": declared_it | is_operator | is_system,
}

for _permission, _predicate in (ACCOUNT | TEAM | MEMBERSHIP | AFFILIATION).items():
    set_perm(_permission, _predicate)  # type: ignore[no-untyped-call]


def may(by: Account | None, permission: str, thing: Any = None) -> bool:  # noqa: ANN401 any model of this room
    """Tell whether `by` (None: the system) may do that; nobody is exempt, not even an operator."""
    return bool(has_perm(permission, by, thing))  # type: ignore[no-untyped-call]


def require(by: Account | None, permission: str, thing: Any = None) -> None:  # noqa: ANN401 as above
    """Raise PermissionDenied unless `by` may do that."""
    if not may(by, permission, thing):
        raise PermissionDenied(permission)
