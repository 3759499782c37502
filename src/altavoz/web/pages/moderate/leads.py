"""Cases that nobody could decide: what the leads of a team see of them, and the way back to the team."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from altavoz.moderation import actions
from altavoz.moderation.models import Case
from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Status
from altavoz.people import guards
from altavoz.people.states import Role, TeamKind
from altavoz.web.pages import doors

_MOST = 50
_WHY: dict[str, Promise] = {
    "team_too_small": gettext_lazy("Too few people of the team may decide it. Find more people first."),
}
_ASKED = gettext_lazy("Somebody who looked at it asked for help.")
_desk = guards.team_desk(TeamKind.MODERATION, Role.LEAD)


@_desk
@require_safe
def leads(request: HttpRequest) -> HttpResponse:
    """List what waits for a lead, most urgent first; no titles, since a lead may be close to the author."""
    waiting = Case.objects.filter(state=Status.ESCALATED, language__in=guards.team_languages(request))
    cases = [(case, _WHY.get(case.reason, _ASKED)) for case in waiting.order_by("due_at", "pk")[:_MOST]]
    return render(request, "web/moderate/leads.html", {"cases": cases})


@_desk
@require_POST
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a case back to its team, now that people are there who can decide it."""
    try:
        actions.hand_back(case_id=pk, by=guards.signed_in(request), at=timezone.now())
    except (Refused, Case.DoesNotExist) as no:
        return doors.outdated(request, no.words if isinstance(no, Refused) else _("There is no such case."))
    messages.success(request, _("The case waits for the team again."))
    return redirect("web:leads")
