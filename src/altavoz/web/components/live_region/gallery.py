"""Examples of `live_region` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import HOSTILE

EXAMPLES = (
    Example("{% live_region %}24 works{% end_live_region %}"),
    *(Example("{% live_region %}{{ text }}{% end_live_region %}", {"text": text}) for text in HOSTILE),
)
