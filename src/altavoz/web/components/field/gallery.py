"""Examples of `field` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import filled_form, wrong_form

EXAMPLES = (
    *(Example("{% field field=field %}", {"field": field}) for field in filled_form()),
    *(Example("{% field field=field %}", {"field": field}) for field in wrong_form()),
)
