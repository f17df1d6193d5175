"""Addresses of meetings, recommendations and decisions."""

from django.urls import URLPattern, path

from rehabilitering.views import indstilling, indstillingsbrev, moede

urlpatterns: list[URLPattern] = [
    path("teammoeder/", moede.moede_liste, name="moede_liste"),
    path("teammoeder/ny/", moede.moede_ny, name="moede_ny"),
    path("teammoeder/<int:pk>/", moede.moede, name="moede"),
    path("teammoeder/<int:pk>/saet-paa/", moede.moede_saet_paa, name="moede_saet_paa"),
    path("teammoeder/<int:pk>/deltagere/", moede.moede_deltager_ny, name="moede_deltager_ny"),
    path(
        "teammoeder/deltagere/<int:pk>/fjern/",
        moede.moede_deltager_fjern,
        name="moede_deltager_fjern",
    ),
    path("teammoeder/punkt/<int:pk>/", indstilling.live, name="live"),
    path("teammoeder/punkt/<int:pk>/flyt/", moede.moede_punkt_flyt, name="moede_punkt_flyt"),
    path("teammoeder/punkt/<int:pk>/tag-af/", moede.moede_punkt_tag_af, name="moede_punkt_tag_af"),
    path("sager/<int:pk>/moede/", moede.sag_moede, name="sag_moede"),
    path(
        "indstillinger/<int:pk>/brev/", indstillingsbrev.indstilling_brev, name="indstilling_brev"
    ),
]
