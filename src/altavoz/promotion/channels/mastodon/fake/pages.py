"""What the imitation shows in a browser: a timeline that says plainly what it is."""

import html
from collections.abc import Iterable

import regex

from altavoz.promotion.channels.mastodon.fake.state import Status

_LINK = regex.compile(r"https?://[^\s\u2066-\u2069<]+")
_STYLE = """
:root { color-scheme: light dark; --ink: #1f2430; --paper: #f4f3ef; --card: #fff; --line: #d9d6cc; --tag: #2f4bd8 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ecebe6; --paper: #15171d; --card: #1f222b; --line: #383c48; --tag: #9fb0ff }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
header, main { max-inline-size: 38rem; margin-inline: auto; padding: 1rem }
header p { border: 2px dashed var(--line); border-radius: .5rem; padding: .5rem .75rem; margin: 0 }
article {
  background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 1rem; margin-block: .75rem;
}
article p { margin: .5rem 0; white-space: pre-line; overflow-wrap: anywhere; unicode-bidi: plaintext }
footer { display: flex; flex-wrap: wrap; gap: .75rem; font-size: .875rem; align-items: center }
.tag { border: 1px solid var(--tag); color: var(--tag); border-radius: 1rem; padding: 0 .6rem; font-weight: 600 }
a { color: inherit }
"""


def content(text: str) -> str:
    """Return a status as HTML, the way the real server writes it: escaped, addresses as links."""
    parts, end = [], 0
    for match in _LINK.finditer(text):
        address = html.escape(match[0])
        parts += [html.escape(text[end : match.start()]), f'<a href="{address}" rel="nofollow">{address}</a>']
        end = match.end()
    return "<p>" + "".join([*parts, html.escape(text[end:])]).replace("\n", "<br />") + "</p>"


def timeline(statuses: Iterable[Status]) -> str:
    """Return the page of all statuses, newest first."""
    cards = "".join(map(_card, statuses)) or "<p>Nothing has been posted yet.</p>"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Imitation of a social network</title>'
        f"<style>{_STYLE}</style></head><body><header><h1>Timeline</h1>"
        "<p>This is a local imitation of a Mastodon server, made for trying Altavoz out. Nothing here has"
        " left this computer.</p></header>"
        f"<main>{cards}</main></body></html>"
    )


def _card(status: Status) -> str:
    name, language = html.escape(status.account), html.escape(status.language or "")
    text = content(status.text).replace("<br />", "\n")
    edited = "<span>edited</span>" if status.edited_at else ""
    tag = f'<span class="tag">{language}</span>' if language else "<span>no language</span>"
    moment = html.escape(status.created_at)
    return (
        f'<article id="{html.escape(status.id)}"><strong>@{name}</strong>'
        f'<div lang="{language}" dir="auto">{text}</div>'
        f'<footer>{tag}<time datetime="{moment}">{moment[:16].replace("T", " ")} UTC</time>'
        f'{edited}<a href="/@{name}/{html.escape(status.id)}">permalink</a></footer></article>'
    )
