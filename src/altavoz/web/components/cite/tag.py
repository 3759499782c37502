"""How to cite a work, in three forms to copy or download."""

from altavoz.web import citing
from altavoz.web.component import Values, component


@component()
def cite(*, work: citing.Work, bib: str = "", cff: str = "") -> Values:
    """Draw a fold with a work's citation in words, for BibLaTeX and as CITATION.cff; `bib` and `cff` are downloads."""
    forms = (
        ("plain", "", citing.plain(work), ""),
        ("bib", "BibLaTeX", citing.bibtex(work), bib),
        ("cff", "CITATION.cff", citing.cff(work), cff),
    )
    return {"forms": forms, "language": work.language}
