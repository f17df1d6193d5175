"""Addresses of citizens and cases."""

from django.urls import path

from borgere.views import borger, sag

app_name = "borgere"
urlpatterns = [
    path("sager/", sag.sag_liste, name="sag_liste"),
    path("sager/<int:pk>/personnummer/", borger.personnummer, name="personnummer"),
]
