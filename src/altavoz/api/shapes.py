"""What the API answers, as types: OpenAPI is written from them."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

Tag = Annotated[
    str, Field(description="A language as BCP 47 tag; `und` where nobody knows.", examples=["pt-BR"])
]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]
Kind = Literal["article", "course", "live", "podcast", "talk", "video"]
Level = Literal["beginner", "intermediate", "advanced"]
Length = Literal["short", "medium", "long"]
Sort = Literal["newest", "relevant", "fair"]
#: Tags of the languages that labels and errors can be in.
Lang = Literal["es", "pt-BR", "fr", "en", "ar", "ja"]


class LanguageName(Schema):
    """A language."""

    tag: Tag
    autonym: Annotated[str, Field(description="Its name in itself.")]
    name: Annotated[str, Field(description="Its name in the language of the labels.")]
    direction: Literal["ltr", "rtl"]


class Label(Schema):
    """A value and what it is called in the language of the labels."""

    value: str
    label: str


class Feeds(Schema):
    """The same list as feeds."""

    atom: Address
    rss: Address
    json_feed: Address


class CreatorLink(Schema):
    """Who made a work."""

    id: int
    name: str
    href: Annotated[Address, Field(description="The creator in this API.")]
    page: Annotated[Address, Field(description="The creator's page for people.")]


class Catalogue(Schema):
    """The collection in which a work was found."""

    slug: str
    name: str
    url: str
    licence: str


class Work(Schema):
    """A work as it was approved; a change at its source is not seen before it was approved as well."""

    id: int
    href: Annotated[Address, Field(description="The work in this API.")]
    page: Annotated[Address, Field(description="The work's page for people.")]
    url: Annotated[str, Field(description="Where the work itself is, as its source writes it.")]
    revision: Annotated[int, Field(description="Grows with every approved change.")]
    kind: str
    kind_label: str
    title: str
    summary: str
    metadata_language: Annotated[Tag, Field(description="The language of title and summary.")]
    language: LanguageName
    captions: list[Tag]
    topics: list[Label]
    level: Annotated[
        str, Field(description="`beginner`, `intermediate`, `advanced`, or empty where nobody told.")
    ]
    duration_s: int | None
    published_at: Annotated[datetime | None, Field(description="When it was published at its source.")]
    shown_at: Annotated[datetime, Field(description="Since when it stands here.")]
    changed_at: datetime
    creators: list[CreatorLink]
    licence: str
    basis: Annotated[
        str, Field(description="`quorum`: people checked it; `catalogue`: its collection was adopted.")
    ]
    catalogue: Catalogue | None
    image: Annotated[str, Field(description="The widest stored picture; empty where there is none.")]


class Works(Schema):
    """One page of works."""

    works: list[Work]
    total: Annotated[int, Field(ge=0)]
    total_is_exact: Annotated[bool, Field(description="If not, there are at least so many.")]
    next: Annotated[str, Field(description="The address of the next page; empty on the last one.")]
    feeds: Feeds


class FacetValue(Schema):
    """One answer to a question that narrows the list."""

    value: str
    label: str
    works: int


class Found(Works):
    """One page of works found, and what else could be chosen."""

    suggestion: Annotated[
        str, Field(description="The question as it may have been meant; empty if nothing better is known.")
    ]
    facets: dict[str, list[FacetValue]]


class Creator(Schema):
    """Somebody who makes works."""

    id: int
    href: Address
    page: Address
    name: str
    about: str
    about_language: Annotated[str, Field(description="A BCP 47 tag; empty where nobody told.")]
    website: str
    handles: Annotated[dict[str, str], Field(description="Names on networks.")]
    country: Annotated[str, Field(description="ISO 3166-1 code; empty unless they chose to tell.")]
    claimed: Annotated[bool, Field(description="Whether somebody proved that this page is theirs.")]
    works: Annotated[int, Field(ge=0)]
    languages: list[LanguageName]
    works_href: Annotated[Address, Field(description="Their works in this API.")]
    feeds: Feeds


class Creators(Schema):
    """One page of creators, in the order in which readers look for names."""

    creators: list[Creator]
    next: str


class Language(LanguageName):
    """A language in which somebody is heard."""

    works: int
    page: Address
    works_href: Address
    feeds: Feeds


class Languages(Schema):
    """Every language in which somebody is heard, most heard first."""

    languages: list[Language]


class Topics(Schema):
    """The topics that most works have, most used first."""

    topics: list[FacetValue]


class Wrong(Schema):
    """One parameter that cannot be understood."""

    parameter: str
    detail: str


class Problem(Schema):
    """What went wrong (RFC 9457), told in the language of the labels."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []
