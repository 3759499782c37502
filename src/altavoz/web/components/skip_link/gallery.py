"""Examples of `skip_link` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% skip_link target='content' label='To the content' %}"),)
