"""Keeping a search under a name, and letting go of it."""

from datetime import datetime

from django.db import transaction

from altavoz.core.text import clean_text, shorten
from altavoz.people.models import Account
from altavoz.search.models import SavedSearch


class SearchRefusedError(ValueError):
    """A search that cannot be kept: of nothing, too long, one too many, or somebody else's."""


@transaction.atomic
def save_search(*, account: Account, name: str, query: str, by: Account, at: datetime) -> SavedSearch:
    """Keep the list at `query` (an address after its question mark) for `account`; return it.

    1. Only the person themselves may, up to `SavedSearch.MOST` searches; else SearchRefusedError.
    2. A search that is kept already gets the new name, and stays where it stands among the others.
    3. Without a name the address is its name.
    """
    given = query.strip().removeprefix("?")
    if by.pk != account.pk or not given or len(given) > SavedSearch.LONGEST_QUERY or "\0" in given:
        raise SearchRefusedError(given[:80])
    Account.objects.select_for_update().get(pk=account.pk)
    kept = SavedSearch.objects.filter(account=account)
    if kept.exclude(query=given).count() >= SavedSearch.MOST:
        raise SearchRefusedError(f"more than {SavedSearch.MOST}")
    shown = shorten(clean_text(name) or given, SavedSearch.LONGEST_NAME // 4)[: SavedSearch.LONGEST_NAME]
    saved, is_new = kept.get_or_create(
        query=given, defaults={"account": account, "name": shown, "created_at": at}
    )
    if not is_new:
        saved.name = shown
        saved.save(update_fields=["name"])
    return saved


def forget_search(*, search: SavedSearch, by: Account, at: datetime) -> None:  # noqa: ARG001 -- every action is told when
    """Let go of a search for good; raises SearchRefusedError for somebody else's. Again changes nothing."""
    if search.account_id != by.pk:
        raise SearchRefusedError(search.query[:80])
    SavedSearch.objects.filter(pk=search.pk).delete()
