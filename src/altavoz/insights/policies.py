"""Who may see how far a work reached: those whose work it is."""

from rules.permissions import set_perm
from rules.predicates import Predicate, is_active

from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Publication
from altavoz.showcase.policies import owns_creator, owns_publication


@Predicate
def owns(account: Account, subject: Creator | Publication) -> bool:
    """Say whether the account proved to be this creator, or a creator credited with this work."""
    test = owns_creator if isinstance(subject, Creator) else owns_publication
    return bool(test(account, subject))


_ACCESS = {"insights.see_reach": is_active & owns}
for _permission, _predicate in _ACCESS.items():
    set_perm(_permission, _predicate)  # type: ignore[no-untyped-call]


def may_see_reach(account: Account, subject: Creator | Publication) -> bool:
    """Say whether the account may see the figures of a creator or a work."""
    return bool(account.has_perm("insights.see_reach", subject))
