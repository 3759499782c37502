"""Any other address: a feed, a page that leads to one, or a page that is a work itself."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from altavoz.core.fetch import Failure, Reason, Request, Response
from altavoz.ingest import parsing
from altavoz.ingest.discovery import feeds, peertube
from altavoz.ingest.discovery.values import Alternative, Answer, Ask, Found, Step
from altavoz.ingest.discovery.words import from_failure, from_status, not_found
from altavoz.ingest.parsing.values import Feed, Link, NotAFeed, Page, Refused
from altavoz.ingest.states import SourceKind

#: Where sites keep the feed that they do not link to, in the order of how often it is there.
_COMMON = ("feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feed.json", "rss", "feeds/all.atom.xml")
_MOST_LINKS = 4
_UNREACHED = frozenset((Reason.CONNECT, Reason.TLS, Reason.TIMEOUT))


def begin(address: str, *, assumed_https: bool) -> Step:
    """Return the first step: look at the address itself."""
    return Ask((Request(address),), lambda answers: _first(address, answers[0], assumed_https=assumed_https))


def _first(address: str, answer: Answer, *, assumed_https: bool) -> Step:
    if isinstance(answer, Failure):
        if assumed_https and answer.reason in _UNREACHED:
            return begin("http://" + address.removeprefix("https://"), assumed_https=False)
        return from_failure(answer, address)
    if answer.status != HTTPStatus.OK:
        return from_status(answer.status, address)
    return _document(address, answer)


def _document(address: str, answer: Response) -> Step:
    media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type.startswith(("audio/", "video/")):
        return not_found("media_file", address)
    if media_type.startswith(("image/", "application/pdf", "application/zip", "application/octet-stream")):
        return not_found("not_a_page", address)
    feed = feeds.read(answer)
    if isinstance(feed, Feed):
        where = feeds.settled_address(answer, address)
        return feeds.found(feed, kind=feeds.kind_of(feed, where), feed_url=where)
    if feed.reason is Refused.EMPTY:
        return not_found("empty_page", address)
    page = parsing.page_of(answer.body, answer.headers.get("content-type", ""), answer.url)
    return _page(address, page, feed) if page else not_found("not_a_page", address)


def _page(address: str, page: Page, refused: NotAFeed) -> Step:
    if peertube.is_peertube(page):
        return peertube.begin(page)
    if refused.reason is Refused.ENTITIES:
        return not_found("feed_entities", address)
    if page.feeds:
        links = page.feeds[:_MOST_LINKS]
        requests = tuple(Request(link.url) for link in links)
        return Ask(requests, lambda answers: _linked(page, links, answers))
    return _guess(page)


def _linked(page: Page, links: Sequence[Link], answers: Sequence[Answer]) -> Step:
    """Choose among the feeds that a page links to: the first that can be read and has something in it."""
    read = [(link, _feed(answer)) for link, answer in zip(links, answers, strict=True)]
    usable = [(link, feed) for link, feed in read if feed is not None]
    if not usable:
        return _guess(page, broken=True)
    usable.sort(key=lambda pair: (_is_comments(pair[0]), not pair[1].items))
    link, feed = usable[0]
    others = tuple(_alternative(link, feed) for link, feed in usable[1:])
    whole = feeds.found(
        feed, kind=feeds.kind_of(feed, link.url), feed_url=link.url, title=page.title, summary=page.summary
    )
    return _choose(page, whole, others)


def _choose(page: Page, whole: Found, others: tuple[Alternative, ...]) -> Step:
    """Take a page that says it is one work at its word; the whole feed is one tap away, and the other way round."""
    from dataclasses import replace

    blog = Alternative(kind=whole.kind, title=whole.title, address=whole.feed_url)
    if page.is_work and page.item is not None and not _is_home(page.url):
        return feeds.found_page(page, page.item, address=page.canonical_url, alternatives=(blog, *others))
    return replace(whole, alternatives=others)


def _guess(page: Page, *, broken: bool = False) -> Step:
    site = page.url if page.url.endswith("/") else page.url + "/"
    places = [urljoin(site, name) for name in _COMMON]
    if not _is_home(page.url):
        places += [urljoin(page.url, "/" + name) for name in _COMMON[:4]]
    requests = tuple(Request(place) for place in dict.fromkeys(places))
    return Ask(
        requests, lambda answers: _guessed(page, [each.url for each in requests], answers, broken=broken)
    )


def _guessed(page: Page, places: Sequence[str], answers: Sequence[Answer], *, broken: bool) -> Step:
    for place, answer in zip(places, answers, strict=True):
        feed = _feed(answer)
        if feed is not None and feed.items:
            whole = feeds.found(feed, kind=feeds.kind_of(feed, place), feed_url=place, title=page.title)
            return _choose(page, whole, ())
    if page.item is not None and (page.is_work or (page.summary and not _is_home(page.url))):
        return feeds.found_page(page, page.item, address=page.canonical_url)
    if page.oembed:
        place = page.oembed[0].url
        return Ask((Request(place),), lambda told: _embedded(page, place, told[0]))
    return not_found("feed_broken" if broken else "no_feed", page.url)


def _embedded(page: Page, place: str, answer: Answer) -> Step:
    feed = _feed(answer)
    if feed is None:
        return not_found("no_feed", page.url)
    return feeds.found(feed, kind=SourceKind.PAGE, feed_url=place, address=page.canonical_url)


def _feed(answer: Answer) -> Feed | None:
    if not isinstance(answer, Response) or answer.status != HTTPStatus.OK:
        return None
    feed = feeds.read(answer)
    return feed if isinstance(feed, Feed) else None


def _is_comments(link: Link) -> bool:
    told = f"{urlsplit(link.url).path} {link.title}".lower()
    return any(word in told for word in ("comment", "comentario", "comentário", "commentaire", "kommentar"))


def _is_home(url: str) -> bool:
    return urlsplit(url).path.strip("/") == ""


def _alternative(link: Link, feed: Feed) -> Alternative:
    kind: SourceKind = feeds.kind_of(feed, link.url)
    return Alternative(kind=kind, title=link.title or feed.title, address=link.url)
