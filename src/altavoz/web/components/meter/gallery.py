"""Examples of `meter` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    Example("{% meter value=1 maximum=2 label='Approvals' %}"),
    Example("{% meter value=12345 maximum=10000 label='Too much' %}"),
    Example("{% meter value=0 maximum=0 label='Nothing' %}"),
)
