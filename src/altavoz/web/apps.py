"""The Django application of this room."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers what other rooms look up by name: handlers and tasks."""

    name = "altavoz.web"
    label = "web"

    def ready(self) -> None:
        """Import the modules whose import registers something."""
        for module in ("events", "handlers", "og.handlers", "tasks"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
