"""All public facts as files, made anew every night: for whoever wants everything instead of asking for parts."""

from altavoz.api.opendata.keeping import Dump, File, delete_old, dumps
from altavoz.api.opendata.writing import BusyError, write

__all__ = ["BusyError", "Dump", "File", "delete_old", "dumps", "write"]
