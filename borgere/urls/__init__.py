"""Addresses of citizens and cases; one module per subject."""

from borgere.urls import borger, dokument, netvaerk, sag

app_name = "borgere"
urlpatterns = [
    *sag.urlpatterns,
    *borger.urlpatterns,
    *netvaerk.urlpatterns,
    *dokument.urlpatterns,
]
