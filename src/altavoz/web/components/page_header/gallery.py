"""Examples of `page_header` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% page_header %}"),)
