"""What pages ask of insights."""

from altavoz.insights.queries.owned import creators_of, only_of, subjects_of, works_of
from altavoz.insights.queries.public import SMALLEST, PublicFigures, PublicMonth, PublicReach, public_reach
from altavoz.insights.queries.reach import Figures, Posts, Reach, Row, ever, months, most_seen, reach, rows

__all__ = [
    "SMALLEST",
    "Figures",
    "Posts",
    "PublicFigures",
    "PublicMonth",
    "PublicReach",
    "Reach",
    "Row",
    "creators_of",
    "ever",
    "months",
    "most_seen",
    "only_of",
    "public_reach",
    "reach",
    "rows",
    "subjects_of",
    "works_of",
]
