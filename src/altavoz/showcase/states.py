"""What a publication may be, and the only steps from one state to another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a publication stands; the labels are what its creator reads."""

    DRAFT = "draft", _("Gathered, not yet in review")
    PENDING = "pending", _("In review by volunteers")
    PUBLISHED = "published", _("Published")
    SUSPENDED = "suspended", _("Hidden while volunteers take another look")
    REMOVED = "removed", _("Removed by the moderators")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Step(TextChoices):
    """What may be done to a publication."""

    SUBMIT = "submit"
    PUBLISH = "publish"
    DECLINE = "decline"
    HIDE = "hide"
    SUSPEND = "suspend"
    REMOVE = "remove"
    WITHDRAW = "withdraw"
    RETURN = "return"


class Basis(TextChoices):
    """Why a revision may be shown."""

    QUORUM = "quorum", _("Checked by volunteers of its language")
    CATALOGUE = "catalogue", _("From a catalogue that the language team adopted")


#: States in which a publication takes part in anything.
LIVING = (State.DRAFT, State.PENDING, State.PUBLISHED, State.SUSPENDED)

_ALLOWED: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.SUBMIT): State.PENDING,
    (State.DRAFT, Step.PUBLISH): State.PUBLISHED,
    (State.DRAFT, Step.DECLINE): State.DRAFT,
    (State.PENDING, Step.PUBLISH): State.PUBLISHED,
    (State.PENDING, Step.DECLINE): State.DRAFT,
    (State.PENDING, Step.HIDE): State.DRAFT,
    (State.PUBLISHED, Step.PUBLISH): State.PUBLISHED,
    (State.PUBLISHED, Step.DECLINE): State.PUBLISHED,
    (State.PUBLISHED, Step.HIDE): State.DRAFT,
    (State.PUBLISHED, Step.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Step.PUBLISH): State.PUBLISHED,
    (State.SUSPENDED, Step.HIDE): State.DRAFT,
    (State.WITHDRAWN, Step.RETURN): State.DRAFT,
    **{(state, Step.REMOVE): State.REMOVED for state in LIVING},
    **{(state, Step.WITHDRAW): State.WITHDRAWN for state in LIVING},
}


class Translating(TextChoices):
    """Where a translation of a work's title and summary stands; the labels are what its author reads."""

    OFFERED = "offered", _("In review by volunteers")
    SHOWN = "shown", _("Shown with the work")
    DECLINED = "declined", _("Declined by the volunteers")
    REPLACED = "replaced", _("A newer translation took its place")
    REMOVED = "removed", _("Taken away")


class Turn(TextChoices):
    """What may happen to a translation."""

    SHOW = "show"
    DECLINE = "decline"
    REPLACE = "replace"
    REMOVE = "remove"
    REOPEN = "reopen"


_TURNS: dict[tuple[Translating, Turn], Translating] = {
    (Translating.OFFERED, Turn.SHOW): Translating.SHOWN,
    (Translating.OFFERED, Turn.DECLINE): Translating.DECLINED,
    (Translating.OFFERED, Turn.REMOVE): Translating.REMOVED,
    (Translating.SHOWN, Turn.REPLACE): Translating.REPLACED,
    (Translating.SHOWN, Turn.REMOVE): Translating.REMOVED,
    (Translating.SHOWN, Turn.REOPEN): Translating.OFFERED,
    (Translating.DECLINED, Turn.REOPEN): Translating.OFFERED,
}


class StepRefusedError(ValueError):
    """The step is not allowed in that state; `words` says so to people."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__(f"{step} is not allowed when {state}")
        self.words = _(
            "This is no longer possible: the work has changed its state meanwhile. Reload the page."
        )


def after(state: str, step: Step) -> State:
    """Return the state after a step; raise StepRefusedError where the table has none."""
    try:
        return _ALLOWED[State(state), step]
    except KeyError:
        raise StepRefusedError(state, step) from None


def turned(state: str, turn: Turn) -> Translating:
    """Return the state of a translation after a turn; raise StepRefusedError where the table has none."""
    try:
        return _TURNS[Translating(state), turn]
    except KeyError:
        raise StepRefusedError(state, turn) from None


def allowed() -> dict[tuple[State, Step], State]:
    """Return the whole table, for the documentation and the tests."""
    return dict(_ALLOWED)
