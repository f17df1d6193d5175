"""Addresses of who takes part in a case at a meeting, and of their calls."""

from django.urls import URLPattern, path

from rehabilitering.views import indkaldelse

urlpatterns: list[URLPattern] = [
    path("teammoeder/punkt/<int:pk>/indkaldelser/", indkaldelse.indkaldelser, name="indkaldelser"),
    path(
        "teammoeder/punkt/<int:pk>/indkaldelser/foreslaaede/",
        indkaldelse.indkaldelser_foreslaaede,
        name="indkaldelser_foreslaaede",
    ),
    path("teammoeder/punkt/<int:pk>/besked/", indkaldelse.underret, name="moede_underret"),
    path("indkaldelser/<int:pk>/", indkaldelse.indkald, name="indkald"),
    path("indkaldelser/<int:pk>/fjern/", indkaldelse.indkald_fjern, name="indkald_fjern"),
    path("indkaldelser/<int:pk>/svar/", indkaldelse.indkald_svar, name="indkald_svar"),
]
