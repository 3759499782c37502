"""What a program may ask: parameters as types, and the question to the index that they make."""

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from altavoz.api.shapes import Kind, Lang, Length, Level, Sort
from altavoz.core import languages
from altavoz.core.text import clean_text
from altavoz.search.documents import Query

_MOST = 20
_BIGGEST = 2**63 - 1
#: Every parameter that makes a difference to some answer.
NAMES = (
    "q", "language", "kind", "topic", "level", "length", "year", "captions", "creator", "sort", "limit", "cursor",
    "lang",
)  # fmt: skip
_Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$")]
_Slug = Annotated[str, StringConstraints(min_length=1, max_length=60)]
_Year = Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}$")]
_Limit = Annotated[int, Field(ge=1, le=100, description="How many on a page.")]
_Cursor = Annotated[
    str, Field(max_length=300, description="Where the page begins; take it from `next` or `Link`.")
]


class Speaking(Schema):
    """In which language to answer."""

    model_config = ConfigDict(extra="ignore")

    lang: Annotated[
        Lang | None,
        Field(description="The language of labels and errors; otherwise `Accept-Language` decides."),
    ] = None


class Paging(Speaking):
    """Which page of a list."""

    limit: _Limit = 24
    cursor: _Cursor = ""


class Narrowing(Paging):
    """Which works: values of one parameter are alternatives, parameters narrow each other."""

    language: Annotated[list[_Tag], Field(max_length=_MOST, description="Spoken languages.")] = []
    kind: Annotated[list[Kind], Field(max_length=_MOST)] = []
    topic: Annotated[list[_Slug], Field(max_length=_MOST, description="Topics, by their value.")] = []
    level: Annotated[list[Level], Field(max_length=_MOST)] = []
    length: Annotated[
        list[Length], Field(max_length=_MOST, description="Under 15 minutes, 15 to 45, 45 and more.")
    ] = []
    year: Annotated[list[_Year], Field(max_length=_MOST, description="Years of publication.")] = []
    captions: Annotated[bool, Field(description="Only works that have captions.")] = False
    creator: Annotated[int | None, Field(ge=1, le=_BIGGEST, description="A creator, by id.")] = None


class Listing(Narrowing):
    """Works, with words or without."""

    q: Annotated[str, Field(max_length=200, description='Words to look for; "in quotes" as they stand.')] = ""
    sort: Annotated[
        Sort | None,
        Field(description="Otherwise `relevant` where there are words, `newest` where there are none."),
    ] = None


class Searching(Narrowing):
    """Words to look for."""

    q: Annotated[
        str, Field(min_length=1, max_length=200, description='Words to look for; "in quotes" as they stand.')
    ]
    sort: Annotated[Sort | None, Field(description="`relevant` unless told.")] = None


def question(asked: Listing | Searching) -> Query:
    """Return what to ask the index."""
    text = clean_text(asked.q)
    return Query(
        text=text,
        languages=tuple(dict.fromkeys(map(languages.normalise, asked.language))),
        kinds=tuple(asked.kind),
        topics=tuple(filter(None, map(clean_text, asked.topic))),
        levels=tuple(asked.level),
        lengths=tuple(asked.length),
        years=tuple(map(int, asked.year)),
        captions=True if asked.captions else None,
        creator=f"showcase.creator:{asked.creator}" if asked.creator else "",
        sort=asked.sort or ("relevant" if text else "newest"),
        cursor=asked.cursor,
        limit=asked.limit,
    )


def pairs(asked: Listing | Searching) -> list[tuple[str, str]]:
    """Return the parameters that name the list, as feeds and pages understand them."""
    many = ("language", "kind", "topic", "level", "length", "year")
    chosen = [(name, str(value)) for name in many for value in getattr(asked, name)]
    creator = [("creator", f"showcase.creator:{asked.creator}")] if asked.creator else []
    captions = [("captions", "1")] if asked.captions else []
    words = [("q", asked.q)] if asked.q else []
    sort = [("sort", asked.sort)] if asked.sort else []
    return [*words, *chosen, *captions, *creator, *sort]
