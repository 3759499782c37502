"""Examples of `breadcrumbs` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import TRAIL

EXAMPLES = (Example("{% breadcrumbs trail=trail %}", {"trail": TRAIL}),)
