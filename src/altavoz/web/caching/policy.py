"""Which pages are the same for everybody: the mark itself lies below, for rooms beside this one to set it as well."""

from altavoz.core.keeping import QUERY, Public, about, public_page

__all__ = ["QUERY", "Public", "about", "public_page"]
