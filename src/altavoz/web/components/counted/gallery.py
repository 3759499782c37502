"""Examples of `counted` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% counted subject='web.gallery:1' %}"),)
