"""Opening teams, joining them, moving within them and leaving."""

from datetime import datetime

from django.db import transaction

from altavoz.core import events
from altavoz.people import policies
from altavoz.people.actions.notes import note_team, subject
from altavoz.people.events import MemberJoined, MemberLeft, RoleChanged
from altavoz.people.models import Account, Membership, Team
from altavoz.people.states import ROLE_STEPS, Role


class AlreadyMemberError(ValueError):
    """The person is in the team already."""


class RoleStepError(ValueError):
    """No step leads from the role a member has to the one asked for."""


@transaction.atomic
def open_team(*, language: str, kind: str, by: Account | None, at: datetime) -> Team:
    """Return the team of that language and kind, opened now if there was none.

    Raises PermissionDenied, ValidationError for a language or kind that does not exist.
    """
    policies.require(by, "people.open_team")
    team = Team.objects.filter(language=language, kind=kind).first()
    if team is None:
        team = Team(language=language, kind=kind)
        team.full_clean()
        team.save(force_insert=True)
        note_team("team_opened", team=team, account=None, by=by, at=at)
    return team


@transaction.atomic
def join_team(*, account: Account, team: Team, role: str, by: Account | None, at: datetime) -> Membership:
    """Make the person a member of the team with that role.

    People may make themselves trainees of a team whose language they read or write; leads and operators may give
    any role. Afterwards the membership is open and `people.member_joined` is recorded. Raises PermissionDenied,
    AlreadyMemberError, ValueError for a role that does not exist.
    """
    if role not in Role.values:
        raise ValueError(role)
    alone = by is not None and by.pk == account.pk and role == Role.TRAINEE
    policies.require(by, "people.join_team_as_trainee" if alone else "people.add_member", team)
    Account.objects.select_for_update().get(
        pk=account.pk, is_active=True
    )  # joins of one person wait for each other
    if Membership.objects.filter(team=team, account=account, left_at__isnull=True).exists():
        raise AlreadyMemberError(str(team))
    membership = Membership.objects.create(team=team, account=account, role=role, joined_at=at)
    fact = MemberJoined(
        subject=subject(team), account_id=account.pk, language=team.language, kind=team.kind, role=role
    )
    events.record(fact, at=at)
    note_team("member_joined", team=team, account=account, by=by, at=at, role=role)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Account | None, at: datetime) -> None:
    """Move a member to the next or the previous role.

    Nobody moves themselves, except an operator. Afterwards `people.role_changed` is recorded. Raises
    PermissionDenied, RoleStepError where the table of steps has no such step or the membership has ended.
    """
    policies.require(by, "people.change_role", membership)
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("team", "account")
        .get(pk=membership.pk)
    )
    if locked.left_at or role not in ROLE_STEPS[locked.role]:
        raise RoleStepError(f"{locked.role} → {role}")
    locked.role = role
    locked.save(update_fields=["role"])
    team = locked.team
    fact = RoleChanged(
        subject=subject(team), account_id=locked.account_id, language=team.language, kind=team.kind, role=role
    )
    events.record(fact, at=at)
    note_team("role_changed", team=team, account=locked.account, by=by, at=at, role=role)


@transaction.atomic
def leave_team(*, membership: Membership, by: Account | None, at: datetime) -> None:
    """End a membership; one that has ended stays as it is.

    Members leave when they like; leads and operators may end a membership. Afterwards `people.member_left` is
    recorded. Raises PermissionDenied.
    """
    policies.require(by, "people.end_membership", membership)
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("team", "account")
        .get(pk=membership.pk)
    )
    if locked.left_at:
        return
    locked.left_at = at
    locked.save(update_fields=["left_at"])
    team = locked.team
    fact = MemberLeft(
        subject=subject(team), account_id=locked.account_id, language=team.language, kind=team.kind
    )
    events.record(fact, at=at)
    note_team("member_left", team=team, account=locked.account, by=by, at=at)
