"""Examples of `facets` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import FACETS

EXAMPLES = (Example("{% facets facets=facets %}", {"facets": FACETS}),)
