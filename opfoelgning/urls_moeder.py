"""Addresses of follow-up meetings: the list, the form, the copy, changes, series, mentor's answers."""

from django.urls import URLPattern, path

from opfoelgning.views import mentorsvar, moede, moedeafbud, moedeserie

_SAG = "sager/<int:pk>/opfoelgning/"
_MOEDE = "opfoelgninger/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_SAG, moede.liste, name="liste"),
    path(f"{_SAG}ny/", moede.moede_ny, name="moede_ny"),
    path(f"{_SAG}serie/", moedeserie.serie_ny, name="serie_ny"),
    path("opfoelgningsserier/<int:pk>/aflys/", moedeserie.serie_aflys, name="serie_aflys"),
    path(_MOEDE, moede.moede, name="moede"),
    path(f"{_MOEDE}flyt/", moedeafbud.moede_flyt, name="moede_flyt"),
    path(f"{_MOEDE}aflys/", moedeafbud.moede_aflys, name="moede_aflys"),
    path(f"{_MOEDE}udeblev/", moedeafbud.moede_udeblev, name="moede_udeblev"),
    path(f"{_MOEDE}kopi.pdf", moede.moede_kopi, name="moede_kopi"),
    path("sager/<int:pk>/mentor/svar/", mentorsvar.mentorsvar, name="mentorsvar"),
]
