"""The Django application of this room."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class ShowcaseConfig(AppConfig):
    """Registers what other rooms look up by name: handlers and tasks."""

    name = "altavoz.showcase"
    label = "showcase"

    def ready(self) -> None:
        """Import the modules whose import registers something."""
        for module in ("events", "handlers", "translation_handlers", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
