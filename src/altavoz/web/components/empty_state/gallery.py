"""Examples of `empty_state` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    Example("{% empty_state title='Nothing' href='#' action='Add' %}Be the first.{% end_empty_state %}"),
    Example("{% empty_state title='Nothing' %}There is nothing to do for you.{% end_empty_state %}"),
)
