"""Failures told in plain words: what happened, and what can be done about it."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from altavoz.core.fetch.messages import Failure, Reason

_WORDS: Final[Mapping[Reason, Promise]] = {
    Reason.BAD_URL: _(
        "This is not a complete web address. Copy the whole address, starting with https://, from your browser."
    ),
    Reason.REFUSED_ADDRESS: _(
        "This address leads into a private network, and Altavoz only visits public sites."
        " Check the address, or ask whoever runs the site to make it public."
    ),
    Reason.REFUSED_PORT: _(
        "This address names an unusual port. Altavoz only visits sites at the normal web ports."
        " Remove the number after the colon if the site also works without it."
    ),
    Reason.DNS: _(
        "No site with this name was found. Check the spelling; if the name is new, try again in a few hours."
    ),
    Reason.CONNECT: _("The site could not be reached. It may be down: try again later."),
    Reason.TLS: _(
        "The site's security certificate is not valid, so nobody can be sure who is answering."
        " Ask whoever runs the site to renew it."
    ),
    Reason.TIMEOUT: _("The site took too long to answer. It may be busy: try again later."),
    Reason.HUNG_UP: _("The site hung up without an answer. It may be busy: try again later."),
    Reason.TOO_LARGE: _(
        "The answer of the site is larger than Altavoz accepts."
        " If this is a feed, ask whoever runs the site to list fewer entries in it."
    ),
    Reason.TRUNCATED: _("The answer of the site broke off in the middle. Try again later."),
    Reason.TOO_MANY_REDIRECTS: _(
        "The site sends visitors from one address to the next without end."
        " Open it in your browser and copy the address where you arrive."
    ),
    Reason.BAD_REDIRECT: _(
        "The site sends visitors on to an address that does not work."
        " Open it in your browser and copy the address where you arrive."
    ),
    Reason.INSECURE_REDIRECT: _(
        "The site sends visitors from a secure address to an insecure one, so Altavoz did not follow."
        " Ask whoever runs the site to redirect to an address starting with https://."
    ),
    Reason.PROTOCOL: _(
        "The site gave an answer that is not valid on the web."
        " Ask whoever runs the site to check its server, then try again."
    ),
}


def in_words(failure: Failure) -> Promise:
    """Return one or two sentences on `failure` for the person who gave the address, in their language."""
    return _WORDS[failure.reason]
