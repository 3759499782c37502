"""Django's admin as an application with our own site; apart from it, because models are not loaded yet here."""

from django.contrib.admin.apps import AdminConfig


class OperatorConfig(AdminConfig):
    """The admin application with `operators.OperatorSite`."""

    default_site = "altavoz.config.operators.OperatorSite"
