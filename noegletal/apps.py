"""Django's registration of the app."""

from django.apps import AppConfig


class NoegletalConfig(AppConfig):
    name = "noegletal"
    verbose_name = "Nøgletal"
