"""Addresses of citizens and cases."""

from django.urls import path

from borgere.views import borger, dokument, journal, sag

app_name = "borgere"
urlpatterns = [
    path("sager/", sag.sag_liste, name="sag_liste"),
    path("sager/ny/", sag.sag_ny, name="sag_ny"),
    path("sager/<int:pk>/afslut/", sag.sag_afslut, name="sag_afslut"),
    path("sager/<int:pk>/tildel/", sag.tildel, name="tildel"),
    path("sager/<int:pk>/borger/", borger.borger, name="borger"),
    path("sager/<int:pk>/borger/ret/", borger.borger_ret, name="borger_ret"),
    path("sager/<int:pk>/borger/adresse/", borger.borger_adresse, name="borger_adresse"),
    path("sager/<int:pk>/personnummer/", borger.personnummer, name="personnummer"),
    path("sager/<int:pk>/netvaerk/ny/", borger.netvaerk_ny, name="netvaerk_ny"),
    path("sager/<int:pk>/samtykker/ny/", borger.samtykke_ny, name="samtykke_ny"),
    path(
        "sager/<int:pk>/samtykker/<int:samtykke_pk>/traek/",
        borger.samtykke_traek,
        name="samtykke_traek",
    ),
    path("sager/<int:pk>/dokumenter/", dokument.dokumenter, name="dokumenter"),
    path("dokumenter/<int:pk>/", dokument.dokument, name="dokument"),
    path("sager/<int:pk>/journal/", journal.journal, name="journal"),
]
