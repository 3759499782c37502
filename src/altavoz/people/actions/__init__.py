"""The only doors to a change of people, teams and affiliations."""

from altavoz.people.actions.accounts import (
    admit,
    change_language,
    change_profile,
    change_settings,
    create_account,
    give_consent,
    rename,
    withdraw_consent,
)
from altavoz.people.actions.affiliations import (
    AffiliatedWithSelfError,
    declare_affiliation,
    derive_affiliation,
    end_affiliation,
)
from altavoz.people.actions.leaving import erase, export
from altavoz.people.actions.teams import (
    AlreadyMemberError,
    RoleStepError,
    change_role,
    join_team,
    leave_team,
    open_team,
)

__all__ = [
    "AffiliatedWithSelfError",
    "AlreadyMemberError",
    "RoleStepError",
    "admit",
    "change_language",
    "change_profile",
    "change_role",
    "change_settings",
    "create_account",
    "declare_affiliation",
    "derive_affiliation",
    "end_affiliation",
    "erase",
    "export",
    "give_consent",
    "join_team",
    "leave_team",
    "open_team",
    "rename",
    "withdraw_consent",
]
