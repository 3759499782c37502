"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class PromotionConfig(AppConfig):
    """Registers what other rooms look up by name: handlers and tasks."""

    name = "altavoz.promotion"
    label = "promotion"

    def ready(self) -> None:
        """Import the modules whose import registers something."""
        for module in ("events", "handlers", "tasks"):
            import_module(f"{self.name}.{module}")
