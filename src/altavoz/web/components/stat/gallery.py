"""Examples of `stat` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    Example("{% stat label='Works in 18 languages' value=15202 %}"),
    Example("{% stat label='Median time to a decision' value='9 h' hint='last 30 days' %}"),
)
