"""Who may do what in the showcase."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rules.permissions import set_perm
from rules.predicates import Predicate, is_active

from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Ownership, Publication


@Predicate
def owns_creator(account: Account, creator: Creator) -> bool:
    """Say whether the account proved to be this creator."""
    return Ownership.objects.filter(account_id=account.pk, creator=creator, ended_at=None).exists()


@Predicate
def owns_publication(account: Account, publication: Publication) -> bool:
    """Say whether the account proved to be a creator credited with the work."""
    return Ownership.objects.filter(
        account_id=account.pk, creator__credits__publication=publication, ended_at=None
    ).exists()


_ACCESS = {
    "showcase.edit_creator": is_active & owns_creator,
    "showcase.see_desk": is_active & owns_creator,
    "showcase.withdraw_publication": is_active & owns_publication,
}
for _permission, _predicate in _ACCESS.items():
    set_perm(_permission, _predicate)  # type: ignore[no-untyped-call]


def demand(permission: str, account: Account, subject: Creator | Publication) -> None:
    """Raise PermissionDenied, in words, unless the account holds the permission on this subject."""
    if not account.has_perm(permission, subject):
        raise PermissionDenied(_("Only the creator of this work can do that."))
