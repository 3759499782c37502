"""What every page knows of the site around it: its address in each language, and who is signed in."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from altavoz.core import languages
from altavoz.people import queries as people
from altavoz.people.models import Account
from altavoz.people.states import TeamKind
from altavoz.web import formatting
from altavoz.web.cards import Link

#: Parameters that name a page of their own; others do not belong into a canonical address.
CANONICAL_QUERY = ("q", "language", "kind", "topic", "level", "length", "year", "captions", "creator")


@dataclass(frozen=True)
class Site:
    """The surroundings of one request; each part is worked out only when a template asks for it."""

    request: HttpRequest
    at: str = ""  # the path to speak of in place of the one that was asked for

    @classmethod
    def of_nobody(cls, path: str = "/") -> "Site":
        """Return the surroundings that all visitors share who are not signed in, on a page at `path`."""
        return cls(HttpRequest(), at=path)

    @cached_property
    def code(self) -> str:
        """Return the interface language of the page, such as "pt-br"."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def lang(self) -> str:
        """Return it as HTML writes it: "pt-BR"."""
        return formatting.bcp47(self.code)

    @property
    def dir(self) -> str:
        """Return the direction of the page."""
        return languages.direction(self.code)

    @property
    def autonym(self) -> str:
        """Return the interface language by its own name."""
        return dict(settings.LANGUAGES)[self.code]

    @property
    def base(self) -> str:
        """Return the root of the interface language: "/es/"."""
        return f"/{self.code}/"

    @cached_property
    def path(self) -> str:
        """Return the path of the page as addresses carry it."""
        return escape_uri_path(self.at or self.request.path)

    @property
    def home(self) -> str:
        """Return the home page."""
        return address("web:home", self.code)

    @property
    def feed(self) -> str:
        """Return the feed of everything new."""
        return _feed()

    def address(self, name: str) -> str:
        """Return the path of a named page."""
        return address(name, self.code)

    @property
    def add(self) -> str:
        """Return where work is added."""
        return address("web:add", self.code)

    @property
    def sign_in(self) -> str:
        """Return where people sign in."""
        return address("account_login", self.code)

    @cached_property
    def absolute(self) -> str:
        """Return the canonical address of this page."""
        return settings.PUBLIC_URL + self.path + self._query

    @cached_property
    def languages(self) -> list[Link]:
        """Return this page in each interface language, for the switcher and for `hreflang`."""
        return [
            Switch(
                label=name,
                href=self._in(code) + self._query,
                language=formatting.bcp47(code),
                active=code == self.code,
                code=code,
            )
            for code, name in settings.LANGUAGES
        ]

    @property
    def here(self) -> SafeString:
        """Return the address of this page below the interface language, as attributes are written."""
        return escape(self._inner + self._query)

    @property
    def alternates(self) -> SafeString:
        """Return the same as `<link>` elements, then the address for everybody else; each on its line."""
        links = [
            f'<link rel="alternate" hreflang="{escape(link.language)}" href="{escape(self.public_url + link.href)}">'
            for link in self.languages
        ]
        other = f'<link rel="alternate" hreflang="x-default" href="{escape(self.elsewhere)}">'
        return mark_safe("\n".join([*links, other]))  # noqa: S308 - every part is escaped

    @property
    def elsewhere(self) -> str:
        """Return the address that picks a language by the visitor's wishes, for `x-default`."""
        return settings.PUBLIC_URL + (self._in("en") + self._query if self._inner else "/")

    @property
    def public_url(self) -> str:
        """Return where visitors find us."""
        return settings.PUBLIC_URL

    @cached_property
    def signed_in(self) -> bool:
        """Return whether somebody is signed in; without a session cookie nothing is asked."""
        user = getattr(self.request, "user", None)  # missing where a request is refused early
        has_session = settings.SESSION_COOKIE_NAME in self.request.COOKIES
        return has_session and user is not None and user.is_authenticated

    @property
    def person(self) -> str:
        """Return the name of who is signed in."""
        return str(self.request.user)

    @cached_property
    def desks(self) -> list[Link]:
        """Return the rooms that are open to the signed-in person: those of teams to their members only."""
        kinds = people.team_kinds(self.request.user) if isinstance(self.request.user, Account) else ()
        known = (
            (_("Your desk"), "web:desk", ""),
            (_("Moderation"), "web:moderate", TeamKind.MODERATION),
            (_("Promotion"), "web:promote", TeamKind.PROMOTION),
            (_("Saved searches"), "web:searches", ""),
            (_("Settings"), "people:settings", ""),
            (_("Sign out"), "account_logout", ""),
        )
        return [
            Link(label=label, href=reverse(name)) for label, name, kind in known if not kind or kind in kinds
        ]

    @property
    def _inner(self) -> str:
        """Return the path below the interface language."""
        prefix = f"/{self.code}/"
        return self.path.removeprefix(prefix) if self.path.startswith(prefix) else ""

    def _in(self, code: str) -> str:
        return f"/{code}/{self._inner}"

    @cached_property
    def _query(self) -> str:
        """Return the part of the query that belongs to the page's name."""
        if self.at:
            return ""
        kept = [
            (name, value) for name in CANONICAL_QUERY for value in self.request.GET.getlist(name) if value
        ]
        return f"?{urlencode(kept)}" if kept else ""


@lru_cache(maxsize=1024)
def address(name: str, language: str) -> str:  # noqa: ARG001 - `reverse` asks for it behind our back
    """Return the path of a named page in the language of the page being drawn."""
    return reverse(name)


@lru_cache(maxsize=1)
def _feed() -> str:
    return reverse("feeds:feed", args=["atom"])


@dataclass(frozen=True, kw_only=True)
class Switch(Link):
    """The same page in another interface language."""

    code: str


def site(request: HttpRequest) -> dict[str, Site]:
    """Hand the site to every template."""
    return {"site": Site(request)}
