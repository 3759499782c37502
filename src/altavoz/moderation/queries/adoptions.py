"""Which catalogues are adopted, and which wait for a second lead."""

from django.db.models import QuerySet

from altavoz.moderation.models import Adoption


def adoptions(language: str = "") -> QuerySet[Adoption]:
    """Return adoptions and proposals that were not revoked, newest first, of one language or of all."""
    living = Adoption.objects.filter(revoked_at__isnull=True).select_related("policy").order_by("-pk")
    return living.filter(language=language) if language else living


def adopted(catalogue: str, language: str) -> Adoption | None:
    """Return the adoption in effect for that catalogue and language."""
    return adoptions(language).filter(catalogue=catalogue, adopted_at__isnull=False).first()
