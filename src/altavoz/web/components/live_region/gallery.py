"""Examples of `live_region` for the gallery."""

from altavoz.web.gallery import Example

EXAMPLES = (Example("{% live_region %}24 works{% end_live_region %}"),)
