"""Examples of `search_box` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% search_box action='#' value='asíncrono \"بايثون\"' %}"),)
