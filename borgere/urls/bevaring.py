"""Keeping and deleting."""

from django.urls import path

from borgere.views import bevaring

urlpatterns = [
    path("sager/<int:pk>/bevar/", bevaring.bevar, name="bevar"),
    path("sletning/", bevaring.sletninger, name="sletninger"),
    path("sletning/<int:pk>/stands/", bevaring.sletning_stands, name="sletning_stands"),
    path("bevaring/", bevaring.bevaring, name="bevaring"),
    path("bevaring/<int:pk>/ret/", bevaring.bevaring_ret, name="bevaring_ret"),
]
