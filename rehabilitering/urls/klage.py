"""Addresses of the complaints."""

from django.urls import URLPattern, path

from rehabilitering.views import klage

_KLAGE = "sager/<int:pk>/klager/<int:klage_pk>/"

urlpatterns: list[URLPattern] = [
    path("klager/", klage.klager, name="klager"),
    path("sager/<int:pk>/klager/", klage.sag_klager, name="sag_klager"),
    path(_KLAGE, klage.klage, name="klage"),
    path(f"{_KLAGE}brev/", klage.klage_brev, name="klage_brev"),
    path(f"{_KLAGE}papirer/", klage.klage_pakke, name="klage_pakke"),
    path(f"{_KLAGE}ny-afgoerelse/", klage.klage_aendring, name="klage_aendring"),
]
