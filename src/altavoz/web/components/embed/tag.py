"""A player that loads only when asked; before that, and without script, a plain way out."""

from altavoz.web.component import Values, component
from altavoz.web.embeds import Player
from altavoz.web.pictures import Rendition


@component()
def embed(
    *,
    player: Player | None,
    href: str,
    title: str,
    seed: str,
    host: str = "",
    image: str | tuple[Rendition, ...] = "",
) -> Values:
    """Draw the cover; where a player is known, pressing it loads that, else it leads to the work's own address."""
    return {"player": player, "href": href, "title": title, "seed": seed, "host": host, "image": image}
