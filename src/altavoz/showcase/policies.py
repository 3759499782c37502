"""Who may do what in the showcase."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from rules.permissions import has_perm, set_perm
from rules.predicates import Predicate, is_active

from altavoz.core import languages
from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.showcase.models import Creator, Ownership, Publication, WorkTranslation


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


@Predicate
def writes_language(account: Account, language: str) -> bool:
    """Say whether the person told that they write this language."""
    return language in people.profile_of(account).writes and language in languages.CONTENT_LANGUAGES


@Predicate
def made_translation(account: Account, translation: WorkTranslation) -> bool:
    """Say whether the translation is the person's own."""
    return translation.author_id == account.pk


@Predicate
def owns_translated_work(account: Account, translation: WorkTranslation) -> bool:
    """Say whether the person proved to be a creator of what was translated."""
    return bool(owns_publication(account, translation.publication))


_ACCESS = {
    "showcase.edit_creator": is_active & owns_creator,
    "showcase.see_desk": is_active & owns_creator,
    "showcase.withdraw_publication": is_active & owns_publication,
    "showcase.correct_publication": is_active & owns_publication,
    "showcase.translate": is_active & writes_language,
    "showcase.remove_translation": is_active & (made_translation | owns_translated_work),
}
for _permission, _predicate in _ACCESS.items():
    set_perm(_permission, _predicate)  # type: ignore[no-untyped-call]


def demand(permission: str, account: Account, subject: Creator | Publication) -> None:
    """Raise PermissionDenied, in words, unless the account holds the permission on this subject."""
    if not account.has_perm(permission, subject):
        raise PermissionDenied(_("Only the creator of this work can do that."))


def demand_to_write(account: Account, language: str) -> None:
    """Raise PermissionDenied, in words, unless the person writes the language."""
    if not has_perm("showcase.translate", account, language):  # type: ignore[no-untyped-call]
        raise PermissionDenied(_("Say in your settings that you write this language first."))


def demand_to_remove(account: Account, translation: WorkTranslation) -> None:
    """Raise PermissionDenied, in words, unless the translation is theirs or of their work."""
    if not account.has_perm("showcase.remove_translation", translation):
        raise PermissionDenied(_("Only who wrote this translation and the creator of the work can do that."))
