"""Works as plain HTML that any page can carry: no frame, no script, no style, nothing fetched from us."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from altavoz.core import languages
from altavoz.showcase.models import Creator
from altavoz.web import formatting
from altavoz.web.cards import WorkCard

LIMIT = 5


def works(creator: Creator, found: Sequence[WorkCard]) -> SafeString:
    """Return the creator's works as a list of links, each title in its own language and direction."""
    code = get_language() or settings.LANGUAGE_CODE
    base = f"{settings.PUBLIC_URL}/{code}/"
    return format_html(
        '<section class="altavoz-works" lang="{}" dir="{}">\n<h2><a href="{}">{}</a></h2>\n<ul>\n{}</ul>\n</section>',
        formatting.bcp47(code),
        formatting.direction(),
        base + creator.page,
        _("%(name)s on Altavoz") % {"name": creator.name},
        format_html_join("", "{}", ((_item(base, work),) for work in found)),
    )


def _item(base: str, work: WorkCard) -> SafeString:
    day = (
        format_html(
            ' · <time datetime="{}">{}</time>',
            work.published_at.date().isoformat(),
            formatting.short_day(work.published_at),
        )
        if work.published_at
        else ""
    )
    return format_html(
        '<li><a href="{}" lang="{}" dir="{}">{}</a> · <span lang="{}">{}</span>{}</li>\n',
        base + work.page,
        work.language,
        languages.direction(work.language),
        work.title,
        work.spoken_language,
        languages.autonym(work.spoken_language),
        day,
    )
