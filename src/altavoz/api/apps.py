"""The Django application of this room."""

from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the periodic task."""

    name = "altavoz.api"
    label = "api"

    def ready(self) -> None:
        """Import the module whose import registers something."""
        import_module(f"{self.name}.tasks")
