"""Examples of `icon` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    Example("{% icon name='search' %} {% icon name='globe' %} {% icon name='feed' %} {% icon name='menu' %}"),
)
