"""A page of a list of works, with everything around it: cards, facets, chips, what is hidden, what is next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from altavoz.core import languages
from altavoz.search import queries as search
from altavoz.search.documents import BadCursor, Page, Query
from altavoz.web import cards, readers
from altavoz.web.cards import Facet, Link, WorkCard
from altavoz.web.components.kind_icon.tag import NAMES as KINDS
from altavoz.web.filters import MANY, Filters

#: Works on one page of a list.
PAGE = 24
_TITLES: Mapping[str, str | Promise] = {
    "language": gettext_lazy("Language"),
    "kind": gettext_lazy("Kind"),
    "topic": gettext_lazy("Topic"),
    "level": gettext_lazy("Level"),
    "length": gettext_lazy("Length"),
    "year": gettext_lazy("Year"),
}
_WORDS: Mapping[str, Mapping[str, str | Promise]] = {
    "kind": KINDS,
    "level": {
        "beginner": pgettext_lazy("level of a work", "For beginners"),
        "intermediate": pgettext_lazy("level of a work", "With some practice"),
        "advanced": pgettext_lazy("level of a work", "Advanced"),
    },
    "length": {
        "short": pgettext_lazy("length of a work", "Under 15 minutes"),
        "medium": pgettext_lazy("length of a work", "15 to 45 minutes"),
        "long": pgettext_lazy("length of a work", "45 minutes and more"),
    },
}
#: What people call the levels of works.
LEVELS = _WORDS["level"]


@dataclass(frozen=True)
class Listing:
    """What the page shows."""

    filters: Filters
    works: tuple[WorkCard, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Link, ...]
    sorts: tuple[Link, ...]
    total: int
    exact: bool
    hidden: int
    next: str
    first: str
    show_hidden: str
    clear: str
    suggestion: Link | None

    @property
    def is_fair(self) -> bool:
        """Return whether creators take turns."""
        return self.filters.order == "fair"


def listing(
    filters: Filters, path: str, *, cursor: str, reads: tuple[str, ...], language: str, limit: int = PAGE
) -> Listing:
    """Return one page of what the filters ask for; `language` is that of the labels."""
    found = find(filters.asked(cursor=cursor, reads=reads, limit=limit))
    labels = readers.topics([value.value for value in found.facets.get("topic", ())], language)
    return Listing(
        filters=filters,
        works=cards.works([hit.subject for hit in found.hits], filters.text),
        facets=_facets(filters, path, found, labels),
        chips=_chips(filters, path, labels),
        sorts=_sorts(filters, path),
        total=found.total.value,
        exact=found.total.exact,
        hidden=found.hidden,
        next=_next(filters, path, found.cursor),
        first=path + filters.query if cursor else "",
        show_hidden=path + _widened(filters).query,
        clear=path,
        suggestion=_suggestion(filters, path, found),
    )


def _suggestion(filters: Filters, path: str, found: Page) -> Link | None:
    """Return the question as it may have been meant, as a link."""
    if not found.suggestion:
        return None
    return Link(label=found.suggestion, href=path + replace(filters, text=found.suggestion).query)


def _widened(filters: Filters) -> Filters:
    """Return the filters without any choice of languages."""
    if "language" in filters.chosen:
        return replace(
            filters, chosen={name: row for name, row in filters.chosen.items() if name != "language"}
        )
    return replace(filters, everything=True)


def find(asked: Query) -> Page:
    """Return the page asked for; the first one where the cursor is not one of ours."""
    try:
        return search.find(asked)
    except BadCursor:
        return search.find(replace(asked, cursor=""))


def _next(filters: Filters, path: str, cursor: str | None) -> str:
    return f"{path}?{urlencode([*filters.pairs, ('cursor', cursor)])}" if cursor else ""


def _facets(filters: Filters, path: str, found: Page, labels: Mapping[str, str]) -> tuple[Facet, ...]:
    names = [name for name in MANY if name in found.facets]
    chosen = tuple(
        Facet(title=str(_TITLES[name]), name=name, values=_answers(filters, path, name, found, labels))
        for name in names
    )
    return (*chosen, *_captions(filters, path, found))


def _captions(filters: Filters, path: str, found: Page) -> tuple[Facet, ...]:
    """Return the question about captions, if any work here has some."""
    counted = {value.value: value.count for value in found.facets.get("captions", ())}
    if "yes" not in counted:
        return ()
    href = path + replace(filters, captions=not filters.captions).query
    answer = Link(label=_("With captions"), href=href, count=counted["yes"], active=filters.captions)
    return (Facet(title=_("Captions"), name="captions", values=(answer,)),)


def _answers(
    filters: Filters, path: str, name: str, found: Page, labels: Mapping[str, str]
) -> tuple[Link, ...]:
    answers = [(str(value.value), value.count) for value in found.facets[name]]
    queries = filters.toggles(name, [value for value, _count in answers])
    return tuple(
        Link(
            label=label_of(name, value, labels),
            language=value if name == "language" and value != languages.UNKNOWN else "",
            href=path + query,
            count=count,
            active=filters.has(name, value),
        )
        for (value, count), query in zip(answers, queries, strict=True)
    )


def _sorts(filters: Filters, path: str) -> tuple[Link, ...]:
    """Return the orders to choose from; how well something matches is told only where words were asked for."""
    match = (("relevant", _("Best match")),) if filters.text else ()
    known = (*match, ("newest", _("Newest")), ("fair", pgettext("order of a list", "Everybody in turn")))
    return tuple(
        Link(label=words, href=path + replace(filters, sort=sort).query, active=filters.order == sort)
        for sort, words in known
    )


def _chips(filters: Filters, path: str, labels: Mapping[str, str]) -> tuple[Link, ...]:
    """Return a link per active filter that takes it away."""
    text = (
        (Link(label=f"“{filters.text}”", href=path + replace(filters, text="").query),)
        if filters.text
        else ()
    )
    flags = (
        (filters.captions, replace(filters, captions=False), _("With captions")),
        (filters.everything, replace(filters, everything=False), _("Every language")),
    )
    return (
        *text,
        *(
            Link(
                label=label_of(name, value, labels),
                language=value if name == "language" else "",
                href=path + filters.toggled(name, value).query,
            )
            for name in MANY
            for value in filters.chosen.get(name, ())
        ),
        *(Link(label=words, href=path + without.query) for on, without, words in flags if on),
    )


def label_of(name: str, value: str, topics: Mapping[str, str]) -> str:
    """Return an answer of a facet in words."""
    if name == "language":
        return _("Language unknown") if value == languages.UNKNOWN else languages.autonym(value)
    if name == "topic":
        return topics.get(value, value.replace("-", " "))
    return str(_WORDS.get(name, {}).get(value, value))
