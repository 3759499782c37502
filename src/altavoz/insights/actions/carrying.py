"""Where promotion carried a work."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from altavoz.insights.models import Carried


@transaction.atomic
def carried(*, subject: str, network: str, language: str, at: datetime) -> None:
    """Count one more post of a work; the fact that says so is handled once."""
    row, new = Carried.objects.select_for_update().get_or_create(
        subject=subject, network=network, language=language, defaults={"posts": 1, "last_at": at}
    )
    if not new:
        Carried.objects.filter(pk=row.pk).update(posts=F("posts") + 1, last_at=Greatest(F("last_at"), at))
