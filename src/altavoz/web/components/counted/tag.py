"""Lets a page tell that it was seen, read or left for its original."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from altavoz.web.component import Values, component


@component()
def counted(*, subject: str, original: str = "") -> Values:
    """Draw the script that reports, and for browsers without script a clear dot; `original` is where work lives."""
    language = get_language() or ""
    query = urlencode({"subject": subject, "language": language})
    return {
        "subject": subject,
        "original": original,
        "language": language,
        "door": reverse("files:count"),
        "dot": f"{reverse('files:dot')}?{query}",
    }
