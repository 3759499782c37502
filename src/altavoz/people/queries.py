"""What other rooms and our pages ask about people; every function loads all that its answer shows."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from altavoz.people.models import Account, Affiliation, Consent, Membership, Profile, Team
from altavoz.people.states import Purpose, Role, TeamKind

#: The roles that carry responsibility; trainees watch and learn.
FULL_ROLES = (Role.MEMBER, Role.LEAD)


def teams_of(account: Account) -> QuerySet[Team]:
    """Return the teams the person is in now, by language and kind."""
    return Team.objects.filter(
        memberships__account=account, memberships__left_at__isnull=True
    ).order_by("language", "kind")  # fmt: skip


def memberships_of(account: Account) -> QuerySet[Membership]:
    """Return the person's open memberships with their teams, by language and kind."""
    return (
        Membership.objects.filter(account=account, left_at__isnull=True)
        .select_related("team")
        .order_by("team__language", "team__kind")
    )


def team_kinds(account: Account, roles: Collection[str] = FULL_ROLES) -> frozenset[str]:
    """Return the kinds of teams in which the person has one of `roles`, in any language."""
    mine = Membership.objects.filter(account=account, role__in=roles, left_at__isnull=True).order_by()
    return frozenset(mine.values_list("team__kind", flat=True).distinct())


def membership(account: Account, team: Team) -> Membership | None:
    """Return the person's open membership in that team."""
    return Membership.objects.filter(account=account, team=team, left_at__isnull=True).first()


def members(language: str, kind: str, roles: Collection[str] = FULL_ROLES) -> QuerySet[Account]:
    """Return the active people of a team who have one of `roles`, in the order they joined."""
    open_ones = Membership.objects.filter(
        account=OuterRef("pk"), team__language=language, team__kind=kind, role__in=roles, left_at__isnull=True
    )
    return Account.objects.filter(Exists(open_ones), is_active=True).order_by("pk")


def roster(team: Team) -> QuerySet[Membership]:
    """Return the open memberships of a team with their people, longest first."""
    return (
        Membership.objects.filter(team=team, left_at__isnull=True)
        .select_related("account")
        .order_by("joined_at", "pk")
    )


def team_sizes(kind: str, roles: Collection[str] = FULL_ROLES) -> dict[str, int]:
    """Return how many active people have one of `roles` in the teams of that kind, by language."""
    rows = Membership.objects.filter(
        team__kind=kind, role__in=roles, left_at__isnull=True, account__is_active=True
    ).order_by()
    return dict(rows.values_list("team__language").annotate(people=Count("pk")))


@dataclass(frozen=True)
class PublicTeam:
    """A team as everybody may see it: how many people, how many learn, and the names of those who agreed."""

    kind: str
    people: int
    trainees: int
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return what the team does, in the reader's language."""
        return str(TeamKind(self.kind).label)


def public_teams(language: str) -> dict[str, PublicTeam]:
    """Return the teams of a language by kind, in one query."""
    agreed = Consent.objects.filter(
        account=OuterRef("account"), purpose=Purpose.TEAM_PAGE, withdrawn_at__isnull=True
    )
    rows = (
        Membership.objects.filter(team__language=language, left_at__isnull=True, account__is_active=True)
        .annotate(named=Exists(agreed))
        .select_related("account", "team")
        .order_by("team__kind", "joined_at", "pk")
    )
    by_kind: dict[str, list[Membership]] = {}
    for row in rows:
        by_kind.setdefault(row.team.kind, []).append(row)
    return {kind: _public(kind, members) for kind, members in by_kind.items()}


def _public(kind: str, rows: list[Membership]) -> PublicTeam:
    full = [row for row in rows if row.role in FULL_ROLES]
    names = tuple(row.account.shown_name for row in full if row.named)  # type: ignore[attr-defined]  # annotated above
    return PublicTeam(kind, len(full), len(rows) - len(full), names)


def has_role(account: Account, language: str, kind: str, *roles: str) -> bool:
    """Tell whether the person has one of `roles` (member or lead, unless told) in that team now."""
    return members(language, kind, roles or FULL_ROLES).filter(pk=account.pk).exists()


def languages_of(account: Account, kind: str, roles: Collection[str] = FULL_ROLES) -> list[str]:
    """Return the languages for which the person works in teams of that kind, in order."""
    open_ones = memberships_of(account).filter(team__kind=kind, role__in=roles)
    return list(open_ones.values_list("team__language", flat=True).order_by("team__language"))


def affiliates(account_ids: Collection[int]) -> frozenset[int]:
    """Return everybody who is close to one of these people now, whoever of them said so."""
    pairs = Affiliation.objects.filter(
        Q(one_id__in=account_ids) | Q(other_id__in=account_ids), ended_at__isnull=True
    ).values_list("one_id", "other_id")
    asked = frozenset(account_ids)
    return frozenset(
        person for one, other in pairs for person, partner in ((one, other), (other, one)) if partner in asked
    )


def declarations_of(account: Account) -> QuerySet[Affiliation]:
    """Return the affiliations the person declared and has not ended, newest first, with both people."""
    return (
        Affiliation.objects.filter(declared_by=account, ended_at__isnull=True)
        .select_related("one", "other")
        .order_by("-since", "-pk")
    )


def profile_of(account: Account) -> Profile:
    """Return the person's profile; an empty, unsaved one for a person who has none."""
    return Profile.objects.filter(account=account).first() or Profile(account=account)


def consents_of(account: Account) -> frozenset[str]:
    """Return the purposes the person agrees to now."""
    given = Consent.objects.filter(account=account, withdrawn_at__isnull=True)
    return frozenset(given.order_by("purpose").values_list("purpose", flat=True))


def by_public_id(code: str) -> Account | None:
    """Return the person who gave somebody this code, written with or without spaces and hyphens."""
    plain = "".join(code.split()).replace("-", "").lower()
    return Account.objects.filter(public_id=plain, is_active=True).first()


def joinable_teams(account: Account) -> QuerySet[Team]:
    """Return the teams of languages the person reads or writes that they are not in, by language and kind."""
    profile = profile_of(account)
    mine = Membership.objects.filter(team=OuterRef("pk"), account=account, left_at__isnull=True)
    return Team.objects.filter(~Exists(mine), language__in={*profile.reads, *profile.writes}).order_by(
        "language", "kind"
    )
