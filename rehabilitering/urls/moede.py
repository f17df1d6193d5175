"""Addresses of meetings, recommendations and decisions."""

from django.urls import URLPattern, path

from rehabilitering.views import dagsorden, indstilling, moede, moededeltager, moedeserie

_PUNKT = "teammoeder/punkt/<int:pk>/"
_DELTAGER = "teammoeder/deltagere/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("teammoeder/", moede.moede_liste, name="moede_liste"),
    path("teammoeder/ny/", moedeserie.moede_ny, name="moede_ny"),
    path("teammoeder/serier/", moedeserie.moede_serier, name="moede_serier"),
    path("teammoeder/serier/ny/", moedeserie.moede_serie_ny, name="moede_serie_ny"),
    path("teammoeder/serier/<int:pk>/", moedeserie.moede_serie, name="moede_serie"),
    path("teammoeder/serier/<int:pk>/stop/", moedeserie.moede_serie_stop, name="moede_serie_stop"),
    path(
        "teammoeder/serier/medlemmer/<int:pk>/",
        moedeserie.moede_serie_medlem,
        name="moede_serie_medlem",
    ),
    path("teammoeder/<int:pk>/", moede.moede, name="moede"),
    path("teammoeder/<int:pk>/ret/", moedeserie.moede_ret, name="moede_ret"),
    path("teammoeder/<int:pk>/aflys/", moedeserie.moede_aflys, name="moede_aflys"),
    path("teammoeder/<int:pk>/pdf/", dagsorden.moede_dagsorden_pdf, name="moede_dagsorden_pdf"),
    path("teammoeder/<int:pk>/saet-paa/", dagsorden.moede_saet_paa, name="moede_saet_paa"),
    path("teammoeder/<int:pk>/pauser/", dagsorden.moede_pause_ny, name="moede_pause_ny"),
    path("teammoeder/pauser/<int:pk>/", dagsorden.moede_pause_ret, name="moede_pause_ret"),
    path(
        "teammoeder/<int:pk>/deltagere/", moededeltager.moede_deltager_ny, name="moede_deltager_ny"
    ),
    path(_DELTAGER, moededeltager.moede_deltager_ret, name="moede_deltager_ret"),
    path(f"{_DELTAGER}fjern/", moededeltager.moede_deltager_fjern, name="moede_deltager_fjern"),
    path(f"{_DELTAGER}afbud/", moededeltager.moede_deltager_afbud, name="moede_deltager_afbud"),
    path(
        f"{_DELTAGER}traed-ind/",
        moededeltager.moede_deltager_traed_ind,
        name="moede_deltager_traed_ind",
    ),
    path("teammoeder/punkt/<int:pk>/", indstilling.live, name="live"),
    path("teammoeder/punkt/<int:pk>/nyt/", indstilling.live_nyt, name="live_nyt"),
    path(f"{_PUNKT}ret/", dagsorden.moede_punkt_ret, name="moede_punkt_ret"),
    path(f"{_PUNKT}flyt/", dagsorden.moede_punkt_flyt, name="moede_punkt_flyt"),
    path(f"{_PUNKT}tag-af/", dagsorden.moede_punkt_tag_af, name="moede_punkt_tag_af"),
    path(f"{_PUNKT}krav/<slug:fagomraade>/", dagsorden.moede_krav, name="moede_krav"),
]
