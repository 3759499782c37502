"""The searches a person saved."""

from altavoz.people.models import Account
from altavoz.search.models import SavedSearch


def saved_searches(account: Account) -> list[SavedSearch]:
    """Return the saved searches of a person, latest first; one statement."""
    return list(SavedSearch.objects.filter(account=account).order_by("-created_at", "-pk"))
