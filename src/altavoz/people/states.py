"""The few words a person's standing may take, and the steps between them."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TeamKind(TextChoices):
    """What a team does for its language."""

    MODERATION = "moderation", _("Moderation")
    TRANSLATION = "translation", _("Translation")
    PROMOTION = "promotion", _("Promotion")
    EDITORIAL = "editorial", _("Editorial")


class Role(TextChoices):
    """What a member may do in the team."""

    TRAINEE = "trainee", pgettext_lazy("role in a team", "Trainee")
    MEMBER = "member", pgettext_lazy("role in a team", "Member")
    LEAD = "lead", pgettext_lazy("role in a team", "Lead")


#: From which role to which: training comes first, a lead was a member.
ROLE_STEPS: Final[dict[str, frozenset[str]]] = {
    Role.TRAINEE: frozenset({Role.MEMBER}),
    Role.MEMBER: frozenset({Role.TRAINEE, Role.LEAD}),
    Role.LEAD: frozenset({Role.MEMBER}),
}


class Basis(TextChoices):
    """How we know that two people are close."""

    DECLARED = "declared", _("One of them said so")
    DERIVED = "derived", _("It follows from what they do here")


class Closeness(TextChoices):
    """What a person may give as the reason of an affiliation; coarse on purpose, it is about someone else too."""

    FAMILY = "family", _("Family or partner")
    FRIEND = "friend", _("Friend")
    COLLEAGUE = "colleague", _("Colleague or same employer")
    COLLABORATOR = "collaborator", _("We make things together")
    DISPUTE = "dispute", _("We had a dispute")
    UNSAID = "unsaid", _("I prefer not to say")


class Purpose(TextChoices):
    """What a person may agree to; nothing of it happens before they do."""

    TEAM_PAGE = "team_page", _("My name may be shown on the public pages of my teams")
