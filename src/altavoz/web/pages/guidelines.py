"""The rules in effect, clause by clause."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from altavoz.moderation import queries as moderation
from altavoz.web.caching import public_page


@public_page(subjects=set)
def guidelines(request: HttpRequest) -> HttpResponse:
    """Show the version in effect; each clause has an address of its own."""
    policy = moderation.policy_current(timezone.now())
    clauses = moderation.clauses_of(policy) if policy else ()
    return render(
        request, "web/guidelines.html", {"policy": policy, "entries": [_entry(one) for one in clauses]}
    )


def _entry(clause: moderation.ClauseView) -> dict[str, object]:
    """Return the clause, its anchor on this page, and its official wording where that is kept elsewhere."""
    page, _, anchor = clause.link.rpartition("#")
    ours = page.startswith(settings.PUBLIC_URL)
    return {
        "clause": clause,
        "anchor": anchor if ours else clause.code,
        "official": "" if ours else clause.link,
    }
