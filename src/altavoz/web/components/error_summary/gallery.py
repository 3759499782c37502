"""Examples of `error_summary` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import wrong_form

EXAMPLES = (Example("{% error_summary form=form %}", {"form": wrong_form()}),)
