"""What the sites of the invented creators look like to readers and to feed readers."""

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from altavoz.config.demo.community_files import Channel, Work
from altavoz.config.demo.site import Site

_STYLE = """
body{font:1.06rem/1.6 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1a17}
article{border-block-end:1px solid #ddd;padding-block:1rem}form{display:inline-block;margin:.25rem}
button{font:inherit;padding:.5rem 1rem;border-radius:8px;border:1px solid #555;background:#f4f4f4;cursor:pointer}
.panel{background:#fff7d6;padding:1rem;border-radius:12px;margin-block:1rem}input{font:inherit;padding:.4rem;width:18rem}
"""
_RTL = {"ar"}


def _page(language: str, title: str, head: str, body: str) -> str:
    direction = "rtl" if language in _RTL else "ltr"
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>{head}'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>"
    )


def home(base: str, found: list[Channel]) -> str:
    """Return the list of all invented sites, the one to play with first."""
    rows = "".join(
        f'<li lang="{channel.language}"><a href="{base}/{channel.slug}/">{escape(channel.creator)}</a>'
        f"{' ← ★' if channel.unadded else ''}</li>"
        for channel in sorted(found, key=lambda channel: not channel.unadded)
    )
    words = "Sitios inventados de la demostración · Invented sites of the demo"
    return _page("es", words, "", f"<h1>{words}</h1><ul>{rows}</ul>")


def channel(site: Site) -> str:
    """Return a channel's page: what it is, its works, and the buttons that make things happen."""
    told = site.channel
    head = (
        f'<link rel="alternate" type="{_feed_type(told)}" title={quoteattr(told.creator)}'
        f' href="{site.url}feed.xml">'
        f'<meta name="description" content={quoteattr(told.about)}>'
    )
    head += _proof(site.token)
    works = "".join(
        f'<article><h2><a href="{site.address(work)}">{escape(work.title)}</a></h2>'
        f"<p>{escape(work.summary)}</p></article>"
        for work, _ in site.works
    )
    body = f"<h1>{escape(told.creator)}</h1><p>{escape(told.about)}</p>{_panel(site)}{works}"
    return _page(told.language, told.creator, head, body)


def _proof(token: str) -> str:
    """Return what proves whose page it is: the code that was pasted, or a link back if it was an address."""
    if token.startswith("http"):
        return f'<link rel="me" href={quoteattr(token)}>'
    return f'<meta name="altavoz-verification" content={quoteattr(token)}>' if token else ""


def _panel(site: Site) -> str:
    buttons = [
        _button(site, "edit", "Corregir el título más nuevo · Edit the newest title"),
        _button(site, "remove", "Quitar lo más nuevo · Take the newest down"),
    ]
    if site.left:
        buttons.insert(0, _button(site, "publish", "Publicar algo nuevo · Publish something new"))
    token = (
        f'<form method="post" action="{site.url}press"><input type="hidden" name="what" value="token">'
        f'<label>Prueba · Proof <input name="token" value={quoteattr(site.token)}></label> <button>OK</button></form>'
    )
    return f'<div class="panel" lang="es" dir="ltr">{"".join(buttons)}{token}</div>'


def _button(site: Site, what: str, label: str) -> str:
    return (
        f'<form method="post" action="{site.url}press"><input type="hidden" name="what" value="{what}">'
        f"<button>{escape(label)}</button></form>"
    )


def work(site: Site, told: Work, at: datetime) -> str:
    """Return the page of one work, with JSON-LD that says what kind it is."""
    kinds = {"course": "Course", "live": "BroadcastEvent"}
    plain = {"blog": "BlogPosting", "podcast": "PodcastEpisode", "video": "VideoObject"}[site.channel.form]
    linked = {
        "@context": "https://schema.org",
        "@type": kinds.get(told.kind, plain),
        "name": told.title,
        "headline": told.title,
        "description": told.summary,
        "url": site.address(told),
        "inLanguage": site.channel.language,
        "datePublished": at.isoformat(),
        "uploadDate": at.isoformat(),
        "startDate": site.begins(told, at).isoformat(),
        "duration": f"PT{told.minutes}M",
        "author": {"@type": "Person", "name": site.channel.creator},
        "keywords": ", ".join(told.topics),
    }
    script = json.dumps(linked, ensure_ascii=False).replace("<", "\\u003c")
    head = (
        f'<link rel="canonical" href="{site.address(told)}"><meta property="og:title" content={quoteattr(told.title)}>'
        f'<meta name="description" content={quoteattr(told.summary)}>'
        f'<script type="application/ld+json">{script}</script>'
    )
    back = f'<p><a href="{site.url}">{escape(site.channel.creator)}</a></p>'
    body = f"{back}<h1>{escape(told.title)}</h1><p>{escape(told.summary)}</p>"
    return _page(site.channel.language, told.title, head, body)


def player(told: Work) -> str:
    """Return what stands for the player of a PeerTube server: it runs by itself and holds no video."""
    style = (
        "<style>body{margin:0;height:100vh;display:grid;place-items:center;background:#171512;color:#f4efe6;"
        "font:700 1.1rem/1.5 system-ui,sans-serif;text-align:center}p{margin:1rem}"
        "i{display:block;width:3rem;height:3rem;margin:auto;border:.4rem solid #f2b134;border-radius:50%;"
        "border-top-color:#c8401b;animation:t 1.5s linear infinite}@keyframes t{to{transform:rotate(1turn)}}</style>"
    )
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{escape(told.title)}</title>{style}</head>'
        f'<body tabindex="0"><div><i></i><p>▶ {escape(told.title)}</p></div></body></html>'
    )


def _feed_type(told: Channel) -> str:
    return "application/atom+xml" if told.form == "blog" else "application/rss+xml"


def feed(site: Site) -> str:
    """Return the feed: Atom for blogs, RSS with enclosures for podcasts and videos."""
    return _atom(site) if site.channel.form == "blog" else _rss(site)


def _atom(site: Site) -> str:
    told = site.channel
    newest = max((at for _, at in site.works), default=None)
    entries = "".join(
        f"<entry><id>{xml(site.address(work))}</id><title>{xml(work.title)}</title>"
        f'<link rel="alternate" href={quoteattr(site.address(work))}/><published>{at.isoformat()}</published>'
        f"<updated>{at.isoformat()}</updated><summary>{xml(work.summary)}</summary>"
        + "".join(f"<category term={quoteattr(topic)}/>" for topic in work.topics)
        + "</entry>"
        for work, at in site.in_feed
    )
    updated = f"<updated>{newest.isoformat()}</updated>" if newest else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{told.language}">'
        f"<id>{site.url}</id><title>{xml(told.creator)}</title><subtitle>{xml(told.about)}</subtitle>{updated}"
        f'<author><name>{xml(told.creator)}</name></author><link rel="alternate" href={quoteattr(site.url)}/>'
        f'<link rel="self" href="{site.url}feed.xml"/><link rel="hub" href="{site.base}/hub"/>{entries}</feed>'
    )


def _rss(site: Site) -> str:
    told = site.channel
    proof = f'<podcast:txt purpose="verify">{xml(site.token)}</podcast:txt>' if site.token else ""
    items = "".join(_item(site, work, at) for work, at in site.in_feed)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
        f"<title>{xml(told.creator)}</title><link>{site.url}</link><description>{xml(told.about)}</description>"
        f"<language>{told.language}</language><itunes:author>{xml(told.creator)}</itunes:author>{proof}"
        f'<atom:link rel="self" href="{site.url}feed.xml"/><atom:link rel="hub" href="{site.base}/hub"/>'
        f"{items}</channel></rss>"
    )


def _item(site: Site, work: Work, at: datetime) -> str:
    address = xml(site.address(work))
    media = site.media(work)
    enclosure = f'<enclosure url={quoteattr(media[0])} type="{media[1]}" length="1000000"/>' if media else ""
    captions = "".join(
        f'<podcast:transcript url="{site.url}{work.slug}/{language}.vtt" type="text/vtt" language="{language}"/>'
        for language in work.captions
    )
    topics = "".join(f"<category>{xml(topic)}</category>" for topic in work.topics)
    return (
        f'<item><guid isPermaLink="true">{address}</guid><link>{address}</link><title>{xml(work.title)}</title>'
        f"<description>{xml(work.summary)}</description><pubDate>{format_datetime(at)}</pubDate>{enclosure}"
        f"<itunes:duration>{work.minutes * 60}</itunes:duration>{captions}{topics}</item>"
    )
