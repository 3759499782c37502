"""oEmbed: what a provider tells of a page that says nothing itself."""

from urllib.parse import parse_qs, urlsplit

from altavoz.ingest import addresses
from altavoz.ingest.parsing import extensions as ext
from altavoz.ingest.parsing.texts import listed, plain
from altavoz.ingest.parsing.values import MAX_KEY, MAX_TITLE, Item, Json, Kind


def item_of(told: Json, asked: str) -> Item | None:
    """Return the work that the answer to the address `asked` describes; the page's own address stands in that."""
    page = addresses.canonical(parse_qs(urlsplit(asked).query).get("url", [""])[0])
    title = told.get("title") if isinstance(told, dict) else None
    if not page or not isinstance(title, str) or not plain(title, MAX_TITLE):
        return None
    author, picture = told.get("author_name"), told.get("thumbnail_url")
    return Item(
        key=page[:MAX_KEY],
        url=page,
        title=plain(title, MAX_TITLE),
        authors=listed([author] if isinstance(author, str) else []),
        kind=Kind.VIDEO if told.get("type") == "video" else Kind.ARTICLE,
        thumbnail_url=ext.steady_thumbnail(addresses.absolute(picture, asked))
        if isinstance(picture, str)
        else "",
    )
