"""What a post says: the work as it is described now, made to fit its channel."""

from urllib.parse import quote

from django.conf import settings

from altavoz.core import subjects
from altavoz.core.languages import INTERFACE_LANGUAGES, base
from altavoz.core.subjects import Description
from altavoz.promotion.channels import network
from altavoz.promotion.channels.contract import Limits, Message
from altavoz.promotion.fitting import Item
from altavoz.promotion.models import Channel, Post

#: Where a work leads a reader whose language the interface does not speak.
_FALLBACK = "en"


def compose(post: Post, revision: int) -> Message | None:
    """Return the message for a post showing that revision, or None where the work is gone.

    Raises fitting.DoesNotFitError.
    """
    description = subjects.describe(post.subject, revision)
    if description is None:
        return None
    channel = post.channel
    item = Item(
        title=description.title,
        link=link(description, post.language),
        language=description.language,
        spoken_language=_exact(post.language, description.spoken_language),
        credit=description.creator_name,
        handle=description.creator_handles.get(channel.network, ""),
        topics=description.topics,
    )
    return network(channel.network).compose(item, limits(channel))


def limits(channel: Channel) -> Limits:
    """Return what the channel's network allows."""
    return Limits(characters=channel.characters, link=channel.link_characters)


def link(description: Description, language: str) -> str:
    """Return the address of a work's page, in the language of the post where the interface speaks it."""
    path = quote(f"{interface_language(language)}/{description.page}", safe="/-._~%")
    return f"{settings.PUBLIC_URL}/{path}"


def interface_language(language: str) -> str:
    """Return the interface language that readers of a language are led to."""
    spoken = {base(code): code for code in INTERFACE_LANGUAGES}
    return spoken.get(base(language), _FALLBACK)


def _exact(language: str, spoken: str) -> str:
    """Return the work's own tag, with its script or region, where that is the language of the post."""
    return spoken if base(spoken) == language else language
