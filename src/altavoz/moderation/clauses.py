"""The guidelines Altavoz ships: clause codes and our own short labels; the official text stays where it is kept."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Origin(StrEnum):
    """Whose rule it is."""

    PSF = "psf"
    PLATFORM = "platform"


class Wording(NamedTuple):
    """A clause in our words: what it forbids, and what an author can do about it."""

    label: Promise
    fix: Promise


_CONDUCT_FIX = _(
    "Take out the passage that the reviewers point to, or make a version without it, and the new version is reviewed."
)

WORDINGS: Final[dict[str, Wording]] = {
    "harassment": Wording(_("Harassment of a person"), _CONDUCT_FIX),
    "intimidation_stalking": Wording(_("Intimidating, stalking or following somebody"), _CONDUCT_FIX),
    "screenshots_for_harassment": Wording(
        _("Recording what people do online in order to harass them"), _CONDUCT_FIX
    ),
    "private_information": Wording(
        _("Publishing somebody's private information without their permission"),
        _("Remove or blur the private information, and the new version is reviewed."),
    ),
    "violent_threats": Wording(_("Threats of violence, or violent language against a person"), _CONDUCT_FIX),
    "incitement_self_harm": Wording(_("Calling for violence, harassment or self-harm"), _CONDUCT_FIX),
    "ban_evasion": Wording(
        _("Another account made to harass somebody or to get around a ban"),
        _("Write to the team from your first account; works of the second one are not shown."),
    ),
    "sexual_content": Wording(_("Sexual language or images"), _CONDUCT_FIX),
    "stereotype_insults": Wording(
        _("Insults or jokes that rest on stereotypes or exclude people"), _CONDUCT_FIX
    ),
    "excessive_swearing": Wording(_("A great deal of swearing"), _CONDUCT_FIX),
    "unwelcome_attention": Wording(_("Unwelcome sexual attention"), _CONDUCT_FIX),
    "unwelcome_contact": Wording(_("Unwelcome physical contact, also in words"), _CONDUCT_FIX),
    "inappropriate_contact_pattern": Wording(
        _("Repeatedly seeking closeness that is not wanted"), _CONDUCT_FIX
    ),
    "sustained_disruption": Wording(_("Disrupting discussions or events again and again"), _CONDUCT_FIX),
    "contact_after_no": Wording(_("Writing to somebody who asked not to be written to"), _CONDUCT_FIX),
    "unprofessional_other": Wording(
        _("Other conduct unfit for an audience of people of many backgrounds"), _CONDUCT_FIX
    ),
    "off_topic": Wording(
        _("Not about programming, or not for this community"),
        _(
            "If the description hides how the work is about Python, make it plain there, and it is reviewed again."
        ),
    ),
    "not_python": Wording(
        _("Not about Python or its community"),
        _(
            "If Python plays a part that the description does not mention, add it there, and it is reviewed again."
        ),
    ),
    "spam": Wording(
        _("Advertising, or the same thing many times over"),
        _("Publish the work itself rather than advertising for it, and the new version is reviewed."),
    ),
    "copyright": Wording(
        _("Somebody else's work, used without permission"),
        _("Add the permission or the licence to the description, or take the borrowed part out."),
    ),
    "duplicate": Wording(
        _("The same work is here already"),
        _("Nothing needs to be done: the other entry stays. If they differ, say how in the description."),
    ),
    "broken_link": Wording(
        _("The address does not lead to the work"),
        _("Correct the address or make the work public, and it is reviewed again."),
    ),
    "wrong_language": Wording(
        _("The language given is not the one spoken or written"),
        _("Correct the language of the work, and that language's team reviews it."),
    ),
    "undisclosed_promotion": Wording(
        _("Paid or own advertising that is not named as such"),
        _("Say in the description who paid or what you gain, and the new version is reviewed."),
    ),
}

_PSF_ANCHOR: Final = "inappropriate-behavior"
_PLATFORM_FROM: Final = "off_topic"


class ShippedClause(NamedTuple):
    """A clause as a policy document lists it."""

    code: str
    origin: Origin
    anchor: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A version of the guidelines, ready to be loaded."""

    slug: str
    language: str
    source_url: str
    source_commit: str
    pinned_url: str
    effective_from: datetime
    substantive: bool
    clauses: tuple[ShippedClause, ...]

    @property
    def sha256(self) -> str:
        """The fingerprint of what the document says: equal documents are the same version."""
        said = [self.slug, self.language, self.source_url, self.source_commit, self.pinned_url, self.clauses]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _shipped() -> tuple[ShippedClause, ...]:
    codes = list(WORDINGS)
    platform = codes.index(_PLATFORM_FROM)
    return tuple(
        ShippedClause(code, Origin.PSF, _PSF_ANCHOR, "")
        if place < platform
        else ShippedClause(code, Origin.PLATFORM, f"clause-{code}", "")
        for place, code in enumerate(codes)
    )


_COMMIT: Final = "35bcc28fe276b8f385d8f0657e1c518c2e4747d3"

#: What a fresh installation judges by: the PSF Code of Conduct at one commit of its source, and our own rules.
SHIPPED: Final = Document(
    slug="guidelines",
    language="en",
    source_url="https://policies.python.org/python.org/code-of-conduct/",
    source_commit=_COMMIT,
    pinned_url=f"https://github.com/psf/policies/blob/{_COMMIT}/docs/python.org/code-of-conduct/index.md",
    effective_from=datetime(2026, 1, 1, tzinfo=UTC),
    substantive=True,
    clauses=_shipped(),
)
