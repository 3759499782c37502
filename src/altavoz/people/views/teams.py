"""Teams: mine, those I can join, and the people of one that I lead."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from altavoz.people import actions, policies, queries
from altavoz.people.guards import signed_in
from altavoz.people.models import Membership, Team
from altavoz.people.states import Role


@login_required
@never_cache
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """Show where the person works and where they could."""
    account = signed_in(request)
    memberships = list(queries.memberships_of(account))
    values = {
        "memberships": memberships,
        "joinable": queries.joinable_teams(account),
        "second_factor_missing": bool(memberships) and not policies.may(account, "people.work_in_teams"),
    }
    return render(request, "people/teams.html", values)


@login_required
@never_cache
@require_GET
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a lead the people of the team. Raises PermissionDenied to others."""
    found = get_object_or_404(Team, pk=pk)
    policies.require(signed_in(request), "people.view_roster", found)
    return render(request, "people/team.html", {"team": found, "roster": queries.roster(found)})


@login_required
@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the person a trainee of the team."""
    account, found = signed_in(request), get_object_or_404(Team, pk=pk)
    return _try(
        request,
        lambda: actions.join_team(
            account=account, team=found, role=Role.TRAINEE, by=account, at=timezone.now()
        ),
        _("Welcome to the team. You start as a trainee."),
    )


@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of the person's memberships, or one in a team they lead."""
    account, found = (
        signed_in(request),
        get_object_or_404(Membership.objects.select_related("team", "account"), pk=pk),
    )
    return _try(
        request,
        lambda: actions.leave_team(membership=found, by=account, at=timezone.now()),
        _("The membership has ended."),
    )


@login_required
@require_POST
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the role of a member of a team the person leads."""
    account, found = (
        signed_in(request),
        get_object_or_404(Membership.objects.select_related("team", "account"), pk=pk),
    )
    wanted = request.POST.get("role", "")
    return _try(
        request,
        lambda: actions.change_role(membership=found, role=wanted, by=account, at=timezone.now()),
        _("The role is changed."),
    )


def _try(request: HttpRequest, action: Callable[[], object], done: str | Promise) -> HttpResponse:
    """Do it, say so, and go back to where the button was; a step that is not possible any more is said, too."""
    try:
        action()
    except (actions.AlreadyMemberError, actions.RoleStepError):
        messages.warning(request, str(_("That was done already, or is no longer possible.")))
    else:
        messages.success(request, str(done))
    team_pk = request.POST.get("team", "")
    return redirect("people:team", pk=int(team_pk)) if team_pk.isdecimal() else redirect("people:teams")
