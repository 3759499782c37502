"""Pictures from strangers, decoded with care and made small for phones."""

from altavoz.core.images.decoding import Problem, Unusable
from altavoz.core.images.rendering import Rendition, thumbnails
from altavoz.core.images.words import in_words

__all__ = ["Problem", "Rendition", "Unusable", "in_words", "thumbnails"]
