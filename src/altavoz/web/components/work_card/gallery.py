"""Examples of `work_card` for the gallery."""

from altavoz.web.gallery import Example
from altavoz.web.gallery.samples import WORKS

EXAMPLES = tuple(Example("{% work_card work=work base='/es/' %}", {"work": work}) for work in WORKS)
