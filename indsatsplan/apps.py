"""Django's registration of the app."""

from django.apps import AppConfig


class IndsatsplanConfig(AppConfig):
    name = "indsatsplan"
    verbose_name = "Indsatsplan"
