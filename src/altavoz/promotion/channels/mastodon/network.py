"""The Mastodon network as promotion sees it: answers of the API turned into Sent, Failed, Unknown."""

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import unquote, urlencode, urlsplit

from altavoz.promotion.channels.contract import (
    Connection,
    Failed,
    Gone,
    Limits,
    Message,
    Missing,
    Probe,
    Sent,
    Trouble,
    Unknown,
)
from altavoz.promotion.channels.mastodon import composing
from altavoz.promotion.channels.mastodon.client import Answer, Json, NotThere, ask
from altavoz.promotion.fitting import Item

_PAGE = 40
#: A thousand statuses since the attempt: beyond that we do not claim to have looked everywhere.
_MOST_PAGES = 25
#: How wrong a server's clock may be.
_SKEW = timedelta(hours=1)
_HREF = re.compile(r"""href=["']([^"']*)["']""")


class Mastodon:
    """Statuses by the Mastodon API; idempotent for an hour by key, searchable by our link after that."""

    name: ClassVar[str] = "mastodon"
    label: ClassVar[str] = "Mastodon"
    form: ClassVar[str] = "altavoz.promotion.channels.mastodon.forms.MastodonForm"
    searchable: ClassVar[bool] = True

    def compose(self, item: Item, limits: Limits) -> Message:
        """Return the message as it will be counted and cut there; raise fitting.DoesNotFitError."""
        return composing.compose(item, limits)

    def profile(self, address: str, handle: str) -> str:
        """Return the account's page on its server."""
        return f"{address.rstrip('/')}/@{handle.removeprefix('@').partition('@')[0]}"

    def probe(self, connection: Connection, *, at: datetime) -> Probe | Failed | Unknown:
        """Ask whose token this is and what the server's limits are (its defaults where it does not tell)."""
        who = ask(connection, "GET", "/api/v1/accounts/verify_credentials", at=at)
        if not isinstance(who, Answer):
            return _none_here(who)
        server = ask(connection, "GET", "/api/v2/instance", at=at)
        try:
            handle = f"@{who.body['username']}@{urlsplit(connection.address).netloc}"
            options = {"account_id": str(who.body["id"])}
        except (KeyError, TypeError):
            return Failed(why=Trouble.NOT_A_SERVER)
        return Probe(
            handle=handle,
            options=options,
            limits=_limits(server.body) if isinstance(server, Answer) else Limits(),
        )

    def send(
        self, connection: Connection, message: Message, *, key: str, at: datetime
    ) -> Sent | Failed | Unknown:
        """Publish under the key: within an hour the server gives the first status back instead of a second."""
        body = _body(message) | {"visibility": connection.options.get("visibility", "public")}
        return _status(ask(connection, "POST", "/api/v1/statuses", at=at, body=body, key=key))

    def edit(
        self, connection: Connection, message: Message, *, remote_id: str, at: datetime
    ) -> Sent | Failed | Unknown:
        """Replace the text of a status."""
        return _status(ask(connection, "PUT", f"/api/v1/statuses/{remote_id}", at=at, body=_body(message)))

    def withdraw(self, connection: Connection, *, remote_id: str, at: datetime) -> Gone | Failed | Unknown:
        """Delete a status; one that is not there any more counts as deleted."""
        answer = ask(connection, "DELETE", f"/api/v1/statuses/{remote_id}", at=at)
        return Gone() if isinstance(answer, Answer | NotThere) else answer

    def find(
        self, connection: Connection, message: Message, *, since: datetime, at: datetime
    ) -> Sent | Missing | Failed | Unknown:
        """Look for our link in the account's statuses, newest first, back to an hour before `since`."""
        for answer in _pages(connection, at):
            if not isinstance(answer, Answer):
                return _none_here(answer)
            for status in answer.body:
                if message.link and _links_to(status, message.link):
                    return _sent(status)
            if len(answer.body) == 0 or _time(answer.body[-1]) < since - _SKEW:
                return Missing()
        return Unknown(why=Trouble.BROKEN, detail="too many statuses to look through")


def _body(message: Message) -> dict[str, str]:
    """Leave an unknown language out: the server then takes the account's own."""
    body = {"status": message.text, "language": message.language}
    return {name: value for name, value in body.items() if value}


def _status(answer: Answer | NotThere | Failed | Unknown) -> Sent | Failed | Unknown:
    if not isinstance(answer, Answer):
        return _none_here(answer)
    try:
        return _sent(answer.body)
    except (KeyError, TypeError):
        return Unknown(why=Trouble.BROKEN, detail="an answer without an id")


def _none_here(answer: NotThere | Failed | Unknown) -> Failed | Unknown:
    return Failed(why=Trouble.NOT_A_SERVER) if isinstance(answer, NotThere) else answer


def _sent(status: Json) -> Sent:
    return Sent(remote_id=str(status["id"]), url=status.get("url") or status.get("uri") or "")


def _limits(body: Json) -> Limits:
    try:
        statuses = body["configuration"]["statuses"]
        return Limits(
            characters=int(statuses["max_characters"]), link=int(statuses["characters_reserved_per_url"])
        )
    except (KeyError, TypeError, ValueError):
        return Limits()


def _pages(connection: Connection, at: datetime) -> Iterator[Answer | NotThere | Failed | Unknown]:
    """Ask for page after page of the account's statuses, as long as the reader wants more."""
    path = f"/api/v1/accounts/{connection.options['account_id']}/statuses"
    query = {"limit": str(_PAGE), "exclude_reblogs": "true"}
    for _ in range(_MOST_PAGES):
        answer = _listed(ask(connection, "GET", f"{path}?{urlencode(query)}", at=at))
        yield answer
        if (
            not isinstance(answer, Answer) or not answer.body
        ):  # pragma: no cover  no reader asks on after that
            return
        query["max_id"] = str(answer.body[-1]["id"])


def _listed(answer: Answer | NotThere | Failed | Unknown) -> Answer | NotThere | Failed | Unknown:
    """Hold the server to a list of statuses: what we cannot read we have not looked through."""
    if not isinstance(answer, Answer):
        return answer
    try:
        for status in answer.body:
            _time(status), status["id"], status["content"]
    except (KeyError, TypeError, ValueError):
        return Unknown(why=Trouble.BROKEN, detail="not a list of statuses")
    return answer


def _time(status: Json) -> datetime:
    moment = datetime.fromisoformat(status["created_at"])
    if moment.tzinfo is None:
        raise ValueError(status["created_at"])
    return moment


def _links_to(status: Json, link: str) -> bool:
    found = {_plain(html.unescape(address)) for address in _HREF.findall(status["content"])}
    return _plain(link) in found


def _plain(address: str) -> str:
    return unquote(address).rstrip("/")
