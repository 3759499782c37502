"""What services that fetch a feed once for many readers say about how many these are."""

import re
from typing import NamedTuple

#: Services that people subscribe with, by the name they give; a stranger's figure is worth one reader.
_SERVICES = re.compile(
    r"(feedly|inoreader|newsblur|feedbin|theoldreader|bazqux|netvibes|feedspot|commafeed|blogtrottr|feeder\.co"
    r"|feedlovin|livedoor|hatena|freshrss|miniflux|nextcloud|tiny tiny rss|yarr|ttrss|flipboard|daum|kakao|xianguo)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b([0-9]{1,9})\s+(?:subscribers?|readers?|users?)\b", re.IGNORECASE)
#: More than this nobody is believed.
MOST = 100_000


class Told(NamedTuple):
    """How many people read a feed through one service."""

    service: str
    readers: int


def told_by(agent: str) -> Told | None:
    """Return what a service says in its User-Agent, such as "Feedly/1.0 (…; 42 subscribers)"; None for any other."""
    service = _SERVICES.search(agent[:512])
    count = _COUNT.search(agent[:512])
    if service is None or count is None:
        return None
    return Told(service[1].lower().replace(" ", "-"), min(int(count[1]), MOST))
