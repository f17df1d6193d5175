"""Addresses of case packages."""

from django.urls import URLPattern, path

from rehabilitering.views import sagspakke

urlpatterns: list[URLPattern] = [
    path("teammoeder/<int:pk>/sagspakker/", sagspakke.sagspakker, name="sagspakker"),
    path("teammoeder/<int:pk>/sagspakker/send/", sagspakke.sagspakker_send, name="sagspakker_send"),
    path(
        "teammoeder/punkt/<int:pk>/sagspakke/udgiv/",
        sagspakke.sagspakke_udgiv,
        name="sagspakke_udgiv",
    ),
    path(
        "teammoeder/punkt/<int:pk>/sagspakke/traek/",
        sagspakke.sagspakke_traek,
        name="sagspakke_traek",
    ),
    path("sager/<int:pk>/sagspakke/", sagspakke.sagspakke_sag, name="sagspakke_sag"),
    path("sager/<int:pk>/sagspakke/kladde/", sagspakke.sagspakke_kladde, name="sagspakke_kladde"),
    path("sagspakker/<int:pk>/", sagspakke.sagspakke, name="sagspakke"),
]
