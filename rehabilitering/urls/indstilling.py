"""Addresses of a finalised indstilling: its letter, its versions, and what the citizen got."""

from django.urls import URLPattern, path

from rehabilitering.views import indstilling_ret, indstillingsbrev, sag_moede, udlevering

urlpatterns: list[URLPattern] = [
    path("sager/<int:pk>/moede/", sag_moede.sag_moede, name="sag_moede"),
    path(
        "indstillinger/<int:pk>/brev/", indstillingsbrev.indstilling_brev, name="indstilling_brev"
    ),
    path(
        "indstillinger/<int:pk>/versioner/",
        indstilling_ret.indstilling_versioner,
        name="indstilling_versioner",
    ),
    path("indstillinger/<int:pk>/ret/", indstilling_ret.indstilling_ret, name="indstilling_ret"),
    path(
        "indstillinger/<int:pk>/udlever/",
        udlevering.indstilling_udlever,
        name="indstilling_udlever",
    ),
]
