"""Handing the address of a page on, with no request to anybody before the click."""

from urllib.parse import quote

from altavoz.web.component import Values, component


@component()
def share(*, address: str, title: str) -> Values:
    """Draw a fold with the ways to pass `address` on: copy it, mail it, or a network's own page for sharing."""
    both, where, words = quote(f"{title}\n{address}", safe=""), quote(address, safe=""), quote(title, safe="")
    networks = (
        ("WhatsApp", f"https://wa.me/?text={both}"),
        ("Telegram", f"https://t.me/share/url?url={where}&text={words}"),
        ("Bluesky", f"https://bsky.app/intent/compose?text={both}"),
        ("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={where}"),
    )
    return {
        "address": address,
        "title": title,
        "text": f"{title}\n{address}",
        "mail": f"mailto:?subject={words}&body={both}",
        "networks": networks,
    }
