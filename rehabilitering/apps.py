"""Django's registration of the app."""

from django.apps import AppConfig


class RehabiliteringConfig(AppConfig):
    name = "rehabilitering"
    verbose_name = "Rehabilitering"
