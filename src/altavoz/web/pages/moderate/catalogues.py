"""Catalogues that a language may vouch for: one lead proposes, another signs, any of them revokes."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from altavoz.moderation import actions, queries
from altavoz.moderation.models import Adoption
from altavoz.moderation.refusals import Refused
from altavoz.people import guards
from altavoz.people.states import Role, TeamKind
from altavoz.showcase.shelves import Shelf, shelves
from altavoz.web.forms.adopting import ProposeForm, RevokeForm
from altavoz.web.pages import doors

_desk = guards.team_desk(TeamKind.MODERATION, Role.LEAD)


@dataclass(frozen=True)
class Standing:
    """A shelf and what was decided about it, with the form for the next step."""

    shelf: Shelf
    adoption: Adoption | None
    own: bool
    propose: ProposeForm
    revoke: RevokeForm

    @property
    def name(self) -> str:
        """Return a name for anchors and ids on the page."""
        return f"{self.shelf.catalogue.pk}-{self.shelf.language}"


@_desk
@require_safe
def catalogues(request: HttpRequest) -> HttpResponse:
    """List the catalogues with works in the languages of the person's teams."""
    return _page(request)


@_desk
@require_POST
def propose(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Propose that the language vouches for the catalogue, or for some of its categories."""
    shelf = _shelf(request, pk, language)
    form = ProposeForm(request.POST, shelf=shelf)
    if not form.is_valid():
        return doors.outdated(request, _("The catalogue has changed: such a category is no longer there."))
    try:
        actions.propose_adoption(
            catalogue=shelf.catalogue.subject,
            language=language,
            scope=form.scope(shelf),
            by=guards.signed_in(request),
            at=timezone.now(),
        )
    except Refused as no:
        return doors.outdated(request, no.words)
    messages.success(request, _("Proposed. It counts when another lead of the team has signed."))
    return redirect("web:catalogues")


@_desk
@require_POST
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign as the second lead."""
    try:
        actions.second_adoption(
            adoption_id=_adoption(request, pk), by=guards.signed_in(request), at=timezone.now()
        )
    except Refused as no:
        return doors.outdated(request, no.words)
    messages.success(request, _("Adopted. Its works become visible within a few minutes."))
    return redirect("web:catalogues")


@_desk
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End an adoption or a proposal, with a reason."""
    adoption = _adoption(request, pk)
    form = RevokeForm(request.POST, auto_id=f"adoption_{adoption}_%s")
    if not form.is_valid():
        return _page(request, refused=(adoption, form))
    try:
        actions.revoke_adoption(
            adoption_id=adoption,
            reason=form.cleaned_data["reason"],
            by=guards.signed_in(request),
            at=timezone.now(),
        )
    except Refused as no:
        return doors.outdated(request, no.words)
    messages.success(request, _("Revoked. What was visible by it alone is taken down."))
    return redirect("web:catalogues")


def _page(request: HttpRequest, refused: tuple[int, RevokeForm] | None = None) -> HttpResponse:
    rows = _standings(request, refused)
    values = {"rows": rows, "error": refused[1] if refused else None}
    return render(request, "web/moderate/catalogues.html", values, status=422 if refused else 200)


def _standings(request: HttpRequest, refused: tuple[int, RevokeForm] | None) -> list[Standing]:
    me = guards.signed_in(request).pk
    known = {(row.catalogue, row.language): row for row in queries.adoptions()}
    return [
        _standing(shelf, known.get((shelf.catalogue.subject, shelf.language)), me, refused)
        for shelf in shelves(guards.team_languages(request))
    ]


def _standing(
    shelf: Shelf, adoption: Adoption | None, me: int, refused: tuple[int, RevokeForm] | None
) -> Standing:
    auto_id = f"shelf_{shelf.catalogue.pk}_{shelf.language}_%s"
    again = refused[1] if refused and adoption and refused[0] == adoption.pk else RevokeForm(auto_id=auto_id)
    mine = adoption is not None and adoption.proposed_by_id == me
    return Standing(shelf, adoption, mine, ProposeForm(shelf=shelf, auto_id=auto_id), again)


def _shelf(request: HttpRequest, pk: int, language: str) -> Shelf:
    """Return a shelf in a language of the person's teams, or raise Http404."""
    mine = [tag for tag in guards.team_languages(request) if tag == language]
    found = next((shelf for shelf in shelves(mine) if shelf.catalogue.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _adoption(request: HttpRequest, pk: int) -> int:
    """Return the key of a living adoption of one of the person's languages, or raise Http404."""
    if not queries.adoptions().filter(pk=pk, language__in=guards.team_languages(request)).exists():
        raise Http404
    return pk
