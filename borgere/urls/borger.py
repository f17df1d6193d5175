"""The citizen's own data."""

from django.urls import path

from borgere.views import borger

urlpatterns = [
    path("sager/<int:pk>/borger/", borger.borger, name="borger"),
    path("sager/<int:pk>/borger/ret/", borger.borger_ret, name="borger_ret"),
    path("sager/<int:pk>/borger/adresse/", borger.borger_adresse, name="borger_adresse"),
    path("sager/<int:pk>/personnummer/", borger.personnummer, name="personnummer"),
]
