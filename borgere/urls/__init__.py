"""Addresses of citizens and cases; one module per subject."""

from borgere.urls import (
    adgang,
    borger,
    dokument,
    forsendelse,
    huskeseddel,
    laegepraksis,
    netvaerk,
    sag,
    soeg,
)

app_name = "borgere"
urlpatterns = [
    *sag.urlpatterns,
    *adgang.urlpatterns,
    *borger.urlpatterns,
    *netvaerk.urlpatterns,
    *laegepraksis.urlpatterns,
    *soeg.urlpatterns,
    *forsendelse.urlpatterns,
    *dokument.urlpatterns,
    *huskeseddel.urlpatterns,
]
