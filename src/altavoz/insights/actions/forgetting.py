"""Forgetting figures that belong to nobody any more."""

from collections.abc import Collection

from django.db import transaction

from altavoz.insights.models import Carried, Daily, FeedDaily, FeedMonthly, Monthly


@transaction.atomic
def forget(*, subjects: Collection[str]) -> None:
    """Afterwards nothing tells how far these works or creators reached; public sums, which name nobody, stay."""
    named = list(subjects)
    for model in (Daily, Monthly, Carried):
        model.objects.filter(subject__in=named).delete()
    for feeds in (FeedDaily, FeedMonthly):
        feeds.objects.filter(feed__in=named).delete()
