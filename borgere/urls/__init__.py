"""Addresses of citizens and cases; one module per subject."""

from borgere.urls import (
    adgang,
    bevaring,
    borger,
    dokument,
    forsendelse,
    huskeseddel,
    indlaesning,
    laegepraksis,
    netvaerk,
    opslag,
    overdragelse,
    sag,
    soeg,
    tilsyn,
    uddrag,
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
    *indlaesning.urlpatterns,
    *overdragelse.urlpatterns,
    *uddrag.urlpatterns,
    *bevaring.urlpatterns,
    *opslag.urlpatterns,
    *tilsyn.urlpatterns,
]
