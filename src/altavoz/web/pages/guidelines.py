"""The rules in effect, clause by clause."""

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
    entries = [(clause.link.rpartition("#")[2], clause) for clause in clauses]
    return render(request, "web/guidelines.html", {"policy": policy, "entries": entries})
