"""Addresses of decisions and of hearing the citizen before one."""

from django.urls import URLPattern, path

from rehabilitering.views import afgoerelse, ny_runde, partshoering

_SAG = "sager/<int:pk>/afgoerelse/"
_EN = "afgoerelser/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_SAG, afgoerelse.afgoerelse, name="afgoerelse"),
    path(f"{_SAG}uden-moede/", afgoerelse.afgoerelse_uden_moede, name="afgoerelse_uden_moede"),
    path(_EN, afgoerelse.afgoerelse_en, name="afgoerelse_en"),
    path(f"{_EN}udkast.pdf", afgoerelse.afgoerelse_udkast, name="afgoerelse_udkast"),
    path(f"{_EN}partshoering/", partshoering.partshoering_ny, name="partshoering_ny"),
    path("sager/<int:pk>/ny-runde/", ny_runde.ny_runde, name="ny_runde"),
    path("partshoeringer/<int:pk>/", partshoering.partshoering, name="partshoering"),
]
