"""Examples of `duration` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = tuple(
    Example("{% duration seconds=seconds %}", {"seconds": seconds}) for seconds in (45, 245, 3723, None)
)
