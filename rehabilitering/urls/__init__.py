"""Addresses from screening to decision, one module per part of the course."""

from rehabilitering.urls import (
    afgoerelse,
    brevskabelon,
    drejebog,
    forberedelse,
    indkaldelse,
    indstilling,
    katalog,
    klage,
    moede,
    regelsaet,
    sagspakke,
    sammen,
    sidelagte,
    sparring,
    sparringsbooking,
    sparringstid,
    svarindsaettelse,
)

app_name = "rehabilitering"
urlpatterns = [
    *brevskabelon.urlpatterns,
    *forberedelse.urlpatterns,
    *drejebog.urlpatterns,
    *sammen.urlpatterns,
    *sidelagte.urlpatterns,
    *sparring.urlpatterns,
    *sparringsbooking.urlpatterns,
    *sparringstid.urlpatterns,
    *svarindsaettelse.urlpatterns,
    *moede.urlpatterns,
    *indkaldelse.urlpatterns,
    *indstilling.urlpatterns,
    *katalog.urlpatterns,
    *klage.urlpatterns,
    *afgoerelse.urlpatterns,
    *regelsaet.urlpatterns,
    *sagspakke.urlpatterns,
]
