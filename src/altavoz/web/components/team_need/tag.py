"""Whether a language has the people it needs to check works, in plain words and as a bar."""

from altavoz.moderation.queries import teams
from altavoz.web.component import Values, component


@component()
def team_need(*, people: int, brief: bool = False) -> Values:
    """Draw how many of the people needed are there; brief, as a cell of a table."""
    return {
        "people": people,
        "full": teams.FULL_TEAM,
        "fewest": teams.SMALLEST_TEAM,
        "missing": max(0, teams.SMALLEST_TEAM - people),
        "share": min(100, people * 100 // teams.FULL_TEAM),
        "brief": brief,
    }
