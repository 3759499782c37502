"""Examples of `picture` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% picture source='/static/web/icon.svg' alt='The mark' %}"),)
