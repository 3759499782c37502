"""Who may do what in promotion: the whole access policy of this room at a glance."""

from rules.permissions import set_perm
from rules.predicates import Predicate

from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.people.policies import is_operator, is_system, may, require
from altavoz.promotion.models import Channel, Post

__all__ = ["may", "require"]

_TEAM = "promotion"


@Predicate
def promotes_language(by: Account | None, language: str) -> bool:
    """Tell whether they are in the promotion team of the language."""
    return by is not None and people.has_role(by, language, _TEAM, "member", "lead")


@Predicate
def promotes_every_language(by: Account | None, languages: list[str]) -> bool:
    """Tell whether they are in the promotion team of each language."""
    return bool(languages) and all(promotes_language(by, language) for language in languages)


@Predicate
def promotes_channel(by: Account | None, channel: Channel) -> bool:
    """Tell whether they are in the promotion team of one of the channel's languages."""
    return any(promotes_language(by, language) for language in channel.languages)


@Predicate
def promotes_post(by: Account | None, post: Post) -> bool:
    """Tell whether they are in the promotion team of the post's language."""
    return bool(promotes_language(by, post.language))


CHANNEL = {
    "promotion.connect_channel": promotes_every_language | is_operator | is_system,
    "promotion.view_channel": promotes_channel | is_operator,
    "promotion.change_channel": promotes_channel | is_operator | is_system,
}
POST = {
    "promotion.decide_post": promotes_post | is_operator | is_system,
}

for _permission, _predicate in (CHANNEL | POST).items():
    set_perm(_permission, _predicate)  # type: ignore[no-untyped-call]
