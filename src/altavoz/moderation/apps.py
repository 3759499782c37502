"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    """Registers what other rooms look up by name: handlers, tasks, personal data; ships the guidelines."""

    name = "altavoz.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Import the modules whose import registers something, and load the guidelines after every migration."""
        for module in ("events", "policies", "handlers", "tasks"):
            import_module(f"{self.name}.{module}")
        from altavoz.moderation import records
        from altavoz.people import records as people

        people.register("moderation", export=records.export, erase=records.erase)
        post_migrate.connect(ship_guidelines, sender=self, dispatch_uid="moderation.ship_guidelines")


def ship_guidelines(**_signal: object) -> None:
    """Make sure that the guidelines we ship, or an operator's newer ones, are in effect."""
    from django.db import connection
    from django.utils import timezone

    from altavoz.moderation.actions import load_policy
    from altavoz.moderation.clauses import SHIPPED
    from altavoz.moderation.models import PolicyVersion

    if "moderation_policyversion" not in connection.introspection.table_names():
        return  # this room was not migrated yet, or migrated away
    known = PolicyVersion.objects.filter(slug=SHIPPED.slug, effective_from__gte=SHIPPED.effective_from)
    if not known.exists():
        load_policy(document=SHIPPED, at=timezone.now())
