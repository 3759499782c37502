"""Telling the search index again what is visible, after its way of reading texts has changed."""

from django.db import transaction

from altavoz import search
from altavoz.showcase import exporting
from altavoz.showcase.documents import document

#: Works of one transaction.
SPAN = 1_000


@transaction.atomic
def index_again(*, number: int) -> int:
    """Index the visible works with ids from number * SPAN + 1 to (number + 1) * SPAN; return how many had changed.

    They are held meanwhile, so that none comes back that is just being withdrawn; everybody goes on searching.
    """
    held = exporting.works(number, SPAN).select_for_update(of=("self",)).prefetch_related("credits__creator")
    return search.put_many(document(row, row.published_revision) for row in held if row.published_revision)
