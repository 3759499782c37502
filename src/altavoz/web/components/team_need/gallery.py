"""Examples of `team_need` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    *(Example("{% team_need people=people %}", {"people": people}) for people in (0, 1, 3, 8, 1234)),
    *(Example("{% team_need people=people brief=True %}", {"people": people}) for people in (0, 3, 1234)),
)
