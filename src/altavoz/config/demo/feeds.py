"""A local web server that stands for the sites of the invented creators: pages, feeds, a hub, and buttons.

Run as `python -m altavoz.config.demo.feeds --port N --state FILE`. A button publishes the next episode, edits the
newest or takes it down; the hub then tells its subscribers at once, as WebSub describes, signed with their secret.
What was pressed is kept in FILE. It listens on this machine only, and talks to this machine only.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from altavoz.config.demo import pages, sound
from altavoz.config.demo.community_files import Channel, Work, channels
from altavoz.config.demo.site import Site


@dataclass
class State:
    """What was pressed so far, and who listens."""

    began_at: str
    published: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # channel → {work number, at}
    edited: dict[str, str] = field(default_factory=dict)  # channel/work → new title
    removed: list[str] = field(default_factory=list)  # channel/work
    tokens: dict[str, str] = field(default_factory=dict)  # channel → proof on its page
    subscribers: dict[str, dict[str, str]] = field(default_factory=dict)  # callback → {topic, secret}


class Server:
    """The sites of all channels at one address."""

    def __init__(self, base: str, path: Path) -> None:
        self._base = base
        self._path = path
        self._channels = {channel.slug: channel for channel in channels()}
        self._state = State(began_at=datetime.now(UTC).isoformat())
        if path.exists():
            self._state = State(**json.loads(path.read_text(encoding="utf-8")))

    def app(self) -> web.Application:
        """Return the routes."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/", self._home),
                web.post("/hub", self._subscribe),
                web.get("/w/{name}", self._peertube),
                web.get("/videos/embed/{name}", self._peertube_player),
                web.get("/{channel}/", self._page),
                web.get("/{channel}/feed.xml", self._feed),
                web.get("/{channel}/{work}/", self._work),
                web.get("/{channel}/{work}/{language}.vtt", self._transcript),
                web.get("/{channel}/{work}.mp3", self._sound),
                web.post("/{channel}/press", self._press),
            ]
        )
        return app

    def _save(self) -> None:
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self._state), ensure_ascii=False), encoding="utf-8")
        fresh.replace(self._path)

    def _site(self, request: web.Request) -> Site:
        return self._site_of(request.match_info["channel"])

    def _site_of(self, slug: str) -> Site:
        channel = self._channels.get(slug)
        if channel is None:
            raise web.HTTPNotFound
        works = [
            work
            for work in self._dated(channel)
            if f"{channel.slug}/{work[0].slug}" not in self._state.removed
        ]
        works.sort(key=lambda pair: pair[1], reverse=True)
        left = len(channel.next) - len(self._state.published.get(channel.slug, ()))
        return Site(self._base, channel, works, token=self._state.tokens.get(channel.slug, ""), left=left)

    def _dated(self, channel: Channel) -> list[tuple[Work, datetime]]:
        began = datetime.fromisoformat(self._state.began_at)
        dated = [(work, began - timedelta(days=work.days_ago)) for work in channel.works]
        presses = self._state.published.get(channel.slug, ())
        dated += [(channel.next[press["number"]], datetime.fromisoformat(press["at"])) for press in presses]
        return [(self._edited(channel, work), at) for work, at in dated]

    def _edited(self, channel: Channel, work: Work) -> Work:
        title = self._state.edited.get(f"{channel.slug}/{work.slug}")
        return replace(work, title=title) if title else work

    async def _home(self, _request: web.Request) -> web.Response:
        return _html(pages.home(self._base, list(self._channels.values())))

    async def _page(self, request: web.Request) -> web.Response:
        return _html(pages.channel(self._site(request)))

    async def _feed(self, request: web.Request) -> web.Response:
        body = pages.feed(self._site(request)).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = {"ETag": etag, "Link": f'<{self._base}/hub>; rel="hub", <{request.url}>; rel="self"'}
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type="application/xml", charset="utf-8", headers=headers)

    async def _work(self, request: web.Request) -> web.Response:
        site = self._site(request)
        for work, at in site.works:
            if work.slug == request.match_info["work"]:
                return _html(pages.work(site, work, at))
        raise web.HTTPNotFound

    def _named(self, request: web.Request) -> tuple[Site, Work, datetime]:
        """Return the work with a name as PeerTube gives them: its channel's and its own."""
        slug, _, number = request.match_info["name"].rpartition("-")
        site = self._site_of(slug)
        for work, at in site.works:
            if work.slug == number and site.channel.form == "video":
                return site, work, at
        raise web.HTTPNotFound

    async def _peertube(self, request: web.Request) -> web.Response:
        return _html(pages.work(*self._named(request)))

    async def _peertube_player(self, request: web.Request) -> web.Response:
        _, work, _ = self._named(request)
        return _html(pages.player(work))

    async def _transcript(self, request: web.Request) -> web.Response:
        for work, _ in self._site(request).works:
            if work.slug == request.match_info["work"]:
                text = f"WEBVTT\n\n00:00.000 --> 00:05.000\n{work.summary}\n"
                return web.Response(text=text, content_type="text/vtt")
        raise web.HTTPNotFound

    async def _sound(self, _request: web.Request) -> web.Response:
        return web.Response(body=sound.melody(), content_type="audio/wav")

    async def _press(self, request: web.Request) -> web.Response:
        site = self._site(request)
        form = await request.post()
        what = str(form.get("what", ""))
        if what == "publish" and site.left:
            number = len(site.channel.next) - site.left
            at = datetime.now(UTC).isoformat()
            self._state.published.setdefault(site.channel.slug, []).append({"number": number, "at": at})
        elif what == "edit" and site.works:
            newest = site.works[0][0]
            self._state.edited[f"{site.channel.slug}/{newest.slug}"] = f"{newest.title} (edición corregida)"
        elif what == "remove" and site.works:
            self._state.removed.append(f"{site.channel.slug}/{site.works[0][0].slug}")
        elif what == "token":
            self._state.tokens[site.channel.slug] = str(form.get("token", ""))[:200]
        self._save()
        await self._tell(f"{self._base}/{site.channel.slug}/feed.xml", self._site(request))
        raise web.HTTPSeeOther(f"/{site.channel.slug}/")

    async def _tell(self, topic: str, site: Site) -> None:
        body = pages.feed(site).encode()
        async with ClientSession(timeout=ClientTimeout(total=5)) as session:
            for callback, subscriber in list(self._state.subscribers.items()):
                if subscriber["topic"] == topic:
                    await _push(session, callback, topic, body, subscriber["secret"], self._base)

    async def _subscribe(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        callback, topic, mode = form.get("hub.callback"), form.get("hub.topic"), form.get("hub.mode")
        if not callback or not topic or mode not in {"subscribe", "unsubscribe"}:
            raise web.HTTPBadRequest(text="hub.callback, hub.topic and hub.mode are needed")
        if urlsplit(callback).hostname not in _THIS_MACHINE:
            raise web.HTTPForbidden(text="this hub calls its own machine only")
        task = asyncio.create_task(self._verify(callback, topic, mode, form.get("hub.secret", "")))
        _running.add(task)
        task.add_done_callback(_running.discard)
        return web.Response(status=202)

    async def _verify(self, callback: str, topic: str, mode: str, secret: str) -> None:
        challenge = secrets.token_hex(8)
        asked = {
            "hub.mode": mode,
            "hub.topic": topic,
            "hub.challenge": challenge,
            "hub.lease_seconds": "864000",
        }
        joined = f"{callback}{'&' if '?' in callback else '?'}{urlencode(asked)}"
        async with ClientSession(timeout=ClientTimeout(total=5)) as session:
            try:
                async with session.get(joined) as answer:
                    if answer.status != web.HTTPOk.status_code or (await answer.text()).strip() != challenge:
                        return
            except (ClientError, TimeoutError):
                return
        if mode == "subscribe":
            self._state.subscribers[callback] = {"topic": topic, "secret": secret}
        else:
            self._state.subscribers.pop(callback, None)
        self._save()


_running: set[asyncio.Task[None]] = set()
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


async def _push(
    session: ClientSession, callback: str, topic: str, body: bytes, secret: str, base: str
) -> None:
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/xml",
        "Link": f'<{base}/hub>; rel="hub", <{topic}>; rel="self"',
        "X-Hub-Signature": f"sha256={signature}",
    }
    try:
        async with session.post(callback, data=body, headers=headers):
            pass
    except (ClientError, TimeoutError):
        return  # the subscriber polls all the same


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html")


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True)
    told = parser.parse_args()
    told.state.parent.mkdir(parents=True, exist_ok=True)
    server = Server(f"http://127.0.0.1:{told.port}", told.state)
    web.run_app(server.app(), host="127.0.0.1", port=told.port, print=None)


if __name__ == "__main__":
    main()
