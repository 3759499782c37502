"""Examples of `filter_chips` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import CHIPS

EXAMPLES = (Example("{% filter_chips chips=chips clear='#' %}", {"chips": CHIPS}),)
