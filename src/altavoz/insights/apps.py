"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Registers what other rooms look up by name: policies, handlers, tasks, personal data."""

    name = "altavoz.insights"
    label = "insights"

    def ready(self) -> None:
        """Import the modules whose import registers something."""
        for module in ("policies", "handlers", "tasks"):
            import_module(f"{self.name}.{module}")
        from altavoz.insights import records
        from altavoz.people import records as people

        people.register("insights", export=records.export, erase=records.erase)
