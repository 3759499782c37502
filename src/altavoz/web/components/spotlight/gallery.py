"""Examples of `spotlight` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import CREATORS

EXAMPLES = tuple(
    Example("{% spotlight creator=creator base='/es/' %}", {"creator": creator}) for creator in CREATORS
)
