"""Examples of `page_footer` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% page_footer %}"),)
