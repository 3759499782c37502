"""Every language as a source of sound waves: the picture of who is heard."""

from altavoz.web.component import Values, component
from altavoz.web.voicemap import Drawing


@component()
def voice_map(*, drawing: Drawing, base: str, name: str, label: str) -> Values:
    """Draw the map in one form; `base` is the root of the interface language, `name` the form's, for its ids."""
    return {"drawing": drawing, "base": base, "name": name, "label": label}
