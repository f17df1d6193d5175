"""«Opslag i din sag»."""

from django.urls import path

from borgere.views import opslag

urlpatterns = [
    path("sager/<int:pk>/opslag/", opslag.opslag_i_sagen, name="opslag_i_sagen"),
    path("sager/<int:pk>/opslag/pdf/", opslag.opslag_udskrift, name="opslag_udskrift"),
]
