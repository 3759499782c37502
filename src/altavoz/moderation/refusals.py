"""Refused commands, in words people understand."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.moderation.states import Code

_WORDS: Final[Mapping[Code, Promise]] = MappingProxyType(
    {
        Code.CASE_DECIDED: _(
            "Others have decided this case in the meantime. Thank you; your review was not needed."
        ),
        Code.CASE_SUPERSEDED: _(
            "The work changed while it was being reviewed. Nothing was counted; the new version waits in the queue."
        ),
        Code.CASE_CLOSED: _("The author withdrew this work, so there is nothing left to decide."),
        Code.CASE_ESCALATED: _("Somebody asked for help with this case; the team's leads have it now."),
        Code.CASE_OPEN: _("This case is open; that can only be done with one that was escalated."),
        Code.WRONG_REVISION: _("This is not the version of the work that you were shown. Please look again."),
        Code.NOT_NEWER: _("The version under review is newer than this one."),
        Code.KIND_NOT_YET: _("Cases of this kind cannot be opened yet."),
        Code.UNKNOWN_SUBJECT: _("We could not find what this is about; it may have been removed."),
        Code.NOT_PERMITTED: _("Only members of the moderation team for this language may do that."),
        Code.CONFLICT: _(
            "You are connected with somebody behind this work, so other people will look at it. Nothing was recorded."
        ),
        Code.LEASE_UNKNOWN: _("This case is not in your hands. Open the desk to get the next one."),
        Code.LEASE_EXPIRED: _(
            "Your time for this case ran out, so it may be in other hands. Ask for more time, or take the next one."
        ),
        Code.LEASE_AT_CAP: _(
            "You have had this case for an hour. Please take a break; somebody else will look at it."
        ),
        Code.LEASE_ENDED: _("You have given this case back. Open the desk to get the next one."),
        Code.TOO_MANY_LEASES: _("You have three cases open. Please finish or give back one of them first."),
        Code.TOO_MANY_SKIPS: _(
            "You have passed on five cases within an hour. Cases are assigned, not chosen: please decide this one, "
            "say that you are too close to it, or come back later."
        ),
        Code.ALREADY_VOTED: _("You have already voted on this case; a vote cannot be changed."),
        Code.NO_VOTE: _("There is no vote of yours that counts in this case."),
        Code.CLAUSE_MISSING: _("Please choose which rule of the guidelines this is about."),
        Code.CLAUSE_UNKNOWN: _("That rule is not part of the guidelines that this case is judged by."),
        Code.CLAUSE_UNWANTED: _(
            "An approval names no broken rule. Please take the rules out or choose another answer."
        ),
        Code.NOTE_TOO_LONG: _("Please keep the note under 2,000 characters."),
        Code.SAME_LEAD: _("The second signature must come from another lead of the team."),
        Code.ALREADY_ADOPTED: _(
            "This catalogue is adopted for that language already, or waits for the second lead."
        ),
        Code.NOT_PROPOSED: _("This adoption does not wait for a second signature."),
        Code.ALREADY_REVOKED: _("This adoption has been revoked already."),
        Code.SCOPE_MISSING: _("Please say what the adoption covers: which import, which categories."),
        Code.NO_POLICY: _("No guidelines were in effect at that time, so nothing can be judged."),
        Code.REPORT_ANSWERED: _(
            "This version was reported before, and the people who looked into it have decided."
        ),
        Code.REPORT_LINK_OLD: _(
            "This link is too old, was used before or was copied wrongly. What was confirmed with it has reached us."
        ),
        Code.TOO_MANY_REPORTS: _(
            "That is all we can take today from where you are. Come back tomorrow, or sign in to go on."
        ),
        Code.ALREADY_REPORTED: _(
            "Thank you, we have your report on this work already, and people are looking at it."
        ),
    }
)


class Refused(Exception):  # noqa: N818  a refusal is an answer, not an error
    """A command was not carried out; nothing changed. `code` is stable, `words` are for the person who asked."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code

    @property
    def words(self) -> Promise:
        """The reason in the language of the moment."""
        return _WORDS[self.code]
