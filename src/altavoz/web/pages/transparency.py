"""Public figures: what is shown, what waits, what was decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from altavoz.moderation import queries as moderation
from altavoz.web import readers
from altavoz.web.caching import public_page
from altavoz.web.handlers import WORKS


@public_page(subjects=lambda: {WORKS})
def transparency(request: HttpRequest) -> HttpResponse:
    """Show the figures; those that could point at a person are not shown."""
    voices = readers.voices()
    return render(
        request,
        "web/transparency.html",
        {
            "works": sum(voice.works for voice in voices),
            "voices": len(voices),
            "counts": [row(count) for count in moderation.public_counts(timezone.now())],
        },
    )


def row(count: moderation.PublicCount) -> dict[str, object]:
    """Return the figures of one language in the order of the table."""
    figures = (count.waiting, count.published, count.rejected, count.changes_requested)
    return {"language": count.language, "figures": figures}
