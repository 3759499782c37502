"""Examples of `pager` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (
    Example("{% pager next='#' %}"),
    Example("{% pager next='#' first='#' %}"),
    Example("{% pager next='' %}"),
)
