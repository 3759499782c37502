"""Examples of `mark` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% mark %}"), Example("{% mark size='large' label='Altavoz' %}"))
