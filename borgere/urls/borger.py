"""The citizen's own data."""

from django.urls import path

from borgere.views import borger, personnummer

urlpatterns = [
    path("sager/<int:pk>/borger/", borger.borger, name="borger"),
    path("sager/<int:pk>/borger/ret/", borger.borger_ret, name="borger_ret"),
    path("sager/<int:pk>/borger/adresse/", borger.borger_adresse, name="borger_adresse"),
    path("sager/<int:pk>/personnummer/", personnummer.personnummer, name="personnummer"),
    path("sager/<int:pk>/personnummer/alle/", personnummer.personnumre, name="personnumre"),
    path(
        "sager/<int:pk>/personnummer/nyt/", personnummer.personnummer_nyt, name="personnummer_nyt"
    ),
]
