"""Handing many cases over at once."""

from django.urls import path

from borgere.views import overdragelse

urlpatterns = [
    path("overdragelse/", overdragelse.overdragelse, name="overdragelse"),
    path("overdragelse/udfoer/", overdragelse.overdragelse_udfoer, name="overdragelse_udfoer"),
]
