"""The text of the statement that reads matches: common tables, each behind a gate that costs nothing while closed.

`whole` holds all matches if there are few. `level_0` and so on hold the newest, season by season, and `rest` those
before; each is read only while those before it hold too few. `sampled` and `relaxed` are counted for facets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from altavoz.search.facets import NAMES, Selection
from altavoz.search.queries import planning, ranking
from altavoz.search.queries.planning import Plan

_MATCH = "FROM search_indexed WHERE terms @@ %({query})s::tsquery"
_DATED = "ORDER BY published_at DESC, id DESC"
_WITHIN = "published_at >= %(since)s AND published_at < %(until)s"
_BY_SCORE = "ORDER BY score DESC, published_at DESC, id DESC"
_AFTER = "(published_at, id) < (%(published_at)s, %(pk)s)"
_AFTER_SCORE = "(score, published_at, id) < (%(score)s, %(published_at)s, %(pk)s)"
_MAKERS = "ARRAY(SELECT maker FROM unnest(facets) maker WHERE maker LIKE 'c:%%')"
_FACETS = "unnest(facets) facet WHERE facet NOT LIKE 'c:%%' GROUP BY facet"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What the statement is to read: its plan, its order, and what of it is known or wanted."""

    plan: Plan
    order: str
    is_later: bool  #: a page behind a place
    in_years: bool
    has_whole: bool
    has_levels: bool
    is_counted: bool
    parts: tuple[str, ...]  #: words of which some may be missing

    @property
    def after(self) -> str:
        """Return what rows by date must be behind; the best are chosen from the newest again for each page."""
        return _AFTER if self.is_later and self.order != "relevant" else ""

    @property
    def levels(self) -> list[str]:
        """Return the names of the tables of the newest, without the rest."""
        return [f"level_{at}" for at in range(len(self.plan.spans) + self.plan.is_walk)]


def statement(shape: Shape, selected: Selection) -> str:
    """Return the statement; its rows are (part, text, published_at, id, number, creators)."""
    tables = [*_tables(shape), *(_counted_tables(shape, selected) if shape.is_counted else ())]
    parts = [_page(shape), *(_counts(shape, selected) if shape.is_counted else ())]
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(f'({part})' for part in parts)}"


def _tables(shape: Shape) -> Iterator[str]:
    whole = f"SELECT subject, published_at, id, facets, terms {_MATCH.format(query='strict')}"
    if shape.has_whole and (shape.plan.is_rare or not shape.has_levels):
        yield _table("whole", f"{whole} LIMIT {planning.BOUND + 1}")
    if shape.parts:
        yield _table("weights", ranking.weights(shape.parts))
    if not shape.has_levels:
        return
    for at, name in enumerate(shape.levels):
        full = [_full()] * (shape.has_whole and shape.plan.is_rare)
        yield _table(name, _level(shape, name, [*full, *_short(shape.levels[:at])]))
    short = _short(shape.levels)
    if shape.has_whole and not shape.plan.is_rare:
        yield _table("whole", " AND ".join([whole, *short]) + f" LIMIT {planning.BOUND + 1}")
    yield _table("rest", _level(shape, "rest", [*([_full()] * shape.has_whole), *short]))


def _table(name: str, sql: str) -> str:
    return f"{name} AS MATERIALIZED ({sql})"


def _level(shape: Shape, name: str, gates: Sequence[str]) -> str:
    tests = [*([shape.after] if shape.after else ()), *gates]
    if shape.plan.is_walk and name == "level_0":
        return _walk(shape, tests)
    return " AND ".join([f"SELECT id, published_at {_MATCH.format(query=name)}", *tests])


def _walk(shape: Shape, tests: Sequence[str]) -> str:
    """Return the walk along the dates, which begins and ends where the chosen years do."""
    where = " AND ".join([*([_WITHIN] if shape.in_years else ()), *tests])
    return (
        f"SELECT id, published_at FROM (SELECT id, published_at, terms FROM search_indexed "  # noqa: S608 -- constants
        f"{f'WHERE {where}' if where else ''} {_DATED} LIMIT {planning.FURTHEST}) AS newest "
        f"WHERE terms @@ %(strict)s::tsquery LIMIT %(wanted)s"
    )


def _short(names: Sequence[str]) -> list[str]:
    """Return the gates that none of these levels held enough; each season contains those before it."""
    return [f"(SELECT count(*) FROM {name}) < %(wanted)s" for name in names]  # noqa: S608 -- constants


def _full() -> str:
    return f"(SELECT count(*) FROM whole) > {planning.BOUND}"  # noqa: S608 -- constants


def _page(shape: Shape) -> str:
    score = ranking.score(shape.parts) if shape.order == "relevant" else "0"
    makers = _MAKERS if shape.order == "fair" else "NULL::text[]"
    columns = f"subject, published_at, id, {score}::bigint AS score, {makers} AS makers"
    sources = [f"SELECT {columns} FROM whole WHERE NOT {_full()}"] * shape.has_whole  # noqa: S608 -- constants
    if shape.has_levels:
        looked_at = " UNION ".join(f"TABLE {name}" for name in (*shape.levels, "rest"))
        chosen = f"SELECT id FROM ({looked_at}) AS looked_at {_DATED} LIMIT %(wanted)s"  # noqa: S608 -- constants
        unless = f" AND ({_full()} OR NOT EXISTS (TABLE whole))" if shape.has_whole else ""
        sources.append(f"SELECT {columns} FROM search_indexed WHERE id IN ({chosen}){unless}")  # noqa: S608 -- constants
    behind = _AFTER_SCORE if shape.is_later and shape.order == "relevant" else shape.after
    return (
        f"SELECT 'hit', subject, published_at, id, score, makers FROM ({' UNION ALL '.join(sources)}) AS found "  # noqa: S608 -- constants
        f"{f'WHERE {behind}' if behind else ''} {_BY_SCORE if shape.order == 'relevant' else _DATED} LIMIT %(limit)s"
    )


def _counted_tables(shape: Shape, selected: Selection) -> Iterator[str]:
    if not shape.plan.is_rare:
        test = "AND NOT EXISTS (TABLE whole)"
        yield _table(
            "sampled", f"SELECT facets {_MATCH.format(query='sampled')} {test} LIMIT {planning.BOUND + 1}"
        )
    if changeable(selected):
        yield _table("relaxed", f"SELECT facets {_MATCH.format(query='relaxed')} LIMIT {planning.BOUND + 1}")


def _counts(shape: Shape, selected: Selection) -> Iterator[str]:
    for name in ("whole", *(() if shape.plan.is_rare else ("sampled",))):
        yield f"SELECT '{name}', '*', NULL, NULL, count(*), NULL FROM {name}"  # noqa: S608 -- constants
        yield f"SELECT '{name}', facet, NULL, NULL, count(*), NULL FROM {name}, {_FACETS}"  # noqa: S608 -- constants
    for letter in changeable(selected):
        others = [f"facets && %(chosen_{other})s::text[]" for other in selected if other != letter]
        tests = " AND ".join([f"facet LIKE '{letter}:%%'", *others])
        yield f"SELECT 'relaxed', facet, NULL, NULL, count(*), NULL FROM relaxed, unnest(facets) facet WHERE {tests} GROUP BY facet"  # noqa: E501, S608


def changeable(selected: Selection) -> list[str]:
    """Return the facets that are filtered by and whose other values are shown."""
    return [letter for letter in selected if letter in NAMES]
