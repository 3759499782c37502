"""A work in a list: cover, kind, length, title in its own language, creator, language, date."""

from django.utils.safestring import SafeString

from altavoz.core.text import shorten
from altavoz.web import marking
from altavoz.web.cards import WorkCard as Work
from altavoz.web.component import component, filled, html


@component(remembered=True)
def work_card(*, work: Work, base: str, heading: int = 3, eager: bool = False) -> SafeString:
    """Draw the card; `base` is the root of the interface language, such as "/es/"; heading its level, 2 to 4."""
    parts = {
        "cover": html("cover", seed=work.subject, image=work.image, eager=eager),
        "kind": html("kind_icon", kind=work.kind),
        "duration": html("duration", seconds=work.duration_s),
        "language": work.language,
        "href": base + work.page,
        **_words(work),
        "spoken": html("language_chip", tag=work.spoken_language),
        "date": html("date", at=work.published_at),
    }
    return filled("work_card", parts, heading=heading)


def _words(work: Work) -> dict[str, str]:
    """Return what the card says, with the words marked that it was found by."""
    if not work.asked:
        return {"title": work.title, "summary": shorten(work.summary, 160), "creator": work.creator_name}
    found = {"language": work.language, "asked": work.asked}
    return {
        "title": marking.marked(work.title, **found),
        "summary": marking.excerpt(work.summary, **found),
        "creator": marking.marked(work.creator_name, **found),
    }
