"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class IngestConfig(AppConfig):
    """Registers what other rooms look up by name: handlers and tasks."""

    name = "altavoz.ingest"
    label = "ingest"

    def ready(self) -> None:
        """Import the modules whose import registers something."""
        for module in ("events", "handlers", "tasks"):
            import_module(f"{self.name}.{module}")
