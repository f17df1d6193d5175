"""Addresses of the rule sets, and of going round their last day for a forløb."""

from django.urls import URLPattern, path

from rehabilitering.views import regelfravigelse

urlpatterns: list[URLPattern] = [
    path("sager/<int:pk>/afgoerelse/fravig/", regelfravigelse.regel_fravig, name="regel_fravig"),
    path("regelfravigelser/<int:pk>/", regelfravigelse.regelfravigelse, name="regelfravigelse"),
]
