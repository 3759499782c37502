"""Examples of `button` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    *(
        Example("{% button label='Add your work' tone=tone %}", {"tone": tone})
        for tone in ("plain", "loud", "quiet", "danger")
    ),
    Example("{% button label='Explore' href='#' icon='search' %}"),
    Example("{% button label='Approve' tone='loud' name='verdict' value='approve' key='a' %}"),
    Example(
        "{% button label=label tone='loud' %}", {"label": "Donaudampfschifffahrtsgesellschaftskapitän" * 3}
    ),
)
