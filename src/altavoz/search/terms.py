"""Literals of PostgreSQL's text search types, written so that no term can escape its quotes."""

from collections.abc import Iterable, Mapping


def quoted(term: str) -> str:
    """Return `term` as a lexeme of a tsvector or tsquery literal."""
    doubled = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def facet(value: str) -> str:
    """Return the lexeme of a facet: words never contain an equals sign, so that none can pass for one."""
    return quoted(f"={value}")


def vector(positions: Mapping[str, list[str]], facets: Iterable[str]) -> str:
    """Return a tsvector literal: words with positions and weights ("3A"), facets without."""
    words = (f"{quoted(term)}:{','.join(places)}" for term, places in positions.items())
    return " ".join([*words, *map(facet, facets)])


def any_of(parts: Iterable[str]) -> str:
    """Return the tsquery that one of `parts` holds."""
    return _joined(" | ", parts)


def all_of(parts: Iterable[str]) -> str:
    """Return the tsquery that all of `parts` hold."""
    return _joined(" & ", parts)


def _joined(sign: str, parts: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(part for part in parts if part))
    return distinct[0] if len(distinct) == 1 else f"({sign.join(distinct)})" if distinct else ""
