"""What waits for a moderator, and the door to the next case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from altavoz.moderation import actions, queries
from altavoz.moderation.models import Lease
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Status
from altavoz.people import guards
from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.people.states import Role, TeamKind
from altavoz.web.pages import doors


@guards.team_desk(TeamKind.MODERATION)
@require_safe
def moderate(request: HttpRequest) -> HttpResponse:
    """Show the person's teams, what waits in each, and what is in their hands; no case by name."""
    account, at = guards.signed_in(request), timezone.now()
    counts = queries.queue_counts(account, at=at)
    values = {
        "counts": counts,
        "waiting": sum(count.waiting for count in counts),
        "held": _held(account),
        "leads": bool(people.languages_of(account, TeamKind.MODERATION, [Role.LEAD])),
        "affiliations": reverse("people:affiliations"),
    }
    return render(request, "web/moderate/landing.html", values)


@guards.team_desk(TeamKind.MODERATION)
@require_POST
def next_case(request: HttpRequest) -> HttpResponse:
    """Hand out the next case; say so where nothing waits for this person."""
    try:
        lease = actions.claim(by=guards.signed_in(request), at=timezone.now())
    except Refused as no:
        return doors.outdated(request, no.words)
    if lease is None:
        messages.info(request, _("Nothing waits for you right now. Thank you for looking!"))
        return redirect("web:moderate")
    return redirect("web:case", lease.token)


def _held(account: Account) -> list[Lease]:
    held = queries.open_leases(timezone.now()).filter(moderator=account, case__state=Status.OPEN)
    return list(held.select_related("case").order_by("expires_at", "pk"))
