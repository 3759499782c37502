"""The catalogue of pyvideo.org: a folder, tar or zip of JSON files, read with care and imported as a whole."""

from altavoz.ingest.pyvideo.archive import BadArchiveError
from altavoz.ingest.pyvideo.findings import Finding
from altavoz.ingest.pyvideo.importing import Report, import_pyvideo

__all__ = ["BadArchiveError", "Finding", "Report", "import_pyvideo"]
