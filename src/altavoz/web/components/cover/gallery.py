"""Examples of `cover` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = tuple(
    Example("{% cover seed=seed %}", {"seed": f"showcase.publication:{pk}"}) for pk in range(1, 13)
)
