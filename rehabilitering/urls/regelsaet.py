"""Addresses of the rule sets, and of going round their last day for a forløb."""

from django.urls import URLPattern, path

from rehabilitering.views import regelfravigelse, regelsaet

urlpatterns: list[URLPattern] = [
    path("regelsaet/", regelsaet.regelsaet_liste, name="regelsaet_liste"),
    path("regelsaet/<str:kode>/", regelsaet.regelsaet, name="regelsaet"),
    path("regelsaet/<str:kode>/ret/", regelsaet.regelsaet_ret, name="regelsaet_ret"),
    path("regelsaet/<str:kode>/i-kraft/", regelsaet.regelsaet_ikraft, name="regelsaet_ikraft"),
    path(
        "regelsaet/version/<int:pk>/annuller/",
        regelsaet.regelsaet_annuller,
        name="regelsaet_annuller",
    ),
    path("sager/<int:pk>/afgoerelse/fravig/", regelfravigelse.regel_fravig, name="regel_fravig"),
    path("regelfravigelser/<int:pk>/", regelfravigelse.regelfravigelse, name="regelfravigelse"),
]
