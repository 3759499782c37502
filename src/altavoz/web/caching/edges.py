"""Who keeps our pages before us: for how long, and what networks that forget by tag (CDNs) are told."""

import json
from collections.abc import Collection, Iterator

from django.conf import settings
from django.http import HttpResponse

from altavoz.core.fetch import Request

#: What any proxy may do with a public page: four seconds after it was drawn, clocks of whole seconds included,
#: nobody gets it any more (decision 7).
LIFE = "public, max-age=0, s-maxage=2, stale-while-revalidate=1"
#: How many tags such networks take at once.
_BATCH = 30


def mark(response: HttpResponse, subjects: Collection[str]) -> None:
    """Let the network named in the settings keep the page until it is told to forget one of the subjects."""
    if not settings.ALTAVOZ_PURGE_URL:
        return
    ordered = sorted(subjects)
    lives = f"max-age={settings.ALTAVOZ_EDGE_SECONDS}"
    response.headers["CDN-Cache-Control"] = f"public, {lives}"
    response.headers["Surrogate-Control"] = lives
    response.headers["Cache-Tag"] = ",".join(ordered)
    response.headers["Surrogate-Key"] = " ".join(ordered)


def purges(subjects: Collection[str]) -> Iterator[Request]:
    """Yield the requests that make the network forget every page that shows one of the subjects.

    Tags are told in a header, as Fastly and Varnish expect, and in JSON, as Cloudflare does.
    """
    ordered = sorted(subjects)
    name, _, secret = settings.ALTAVOZ_PURGE_HEADER.partition(":")
    credential = {name.strip(): secret.strip()} if secret else {}
    for start in range(0, len(ordered), _BATCH):
        tags = ordered[start : start + _BATCH]
        yield Request(
            url=settings.ALTAVOZ_PURGE_URL,
            method="POST",
            headers={"Content-Type": "application/json", "Surrogate-Key": " ".join(tags), **credential},
            body=json.dumps({"tags": tags}).encode(),
            max_redirects=0,
        )
