"""The addresses that supervisors ask."""

from django.urls import path

from altavoz.core import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]
