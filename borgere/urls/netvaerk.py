"""The network, what may be shared with whom, and who acts for the citizen."""

from django.urls import path

from borgere.views import fuldmagt, netvaerk, samtykke

urlpatterns = [
    path("sager/<int:pk>/netvaerk/", netvaerk.netvaerk, name="netvaerk"),
    path("sager/<int:pk>/netvaerk/ny/", netvaerk.netvaerk_ny, name="netvaerk_ny"),
    path("sager/<int:pk>/netvaerk/<int:person_pk>/", netvaerk.netvaerk_ret, name="netvaerk_ret"),
    path(
        "sager/<int:pk>/netvaerk/<int:person_pk>/udgaa/",
        netvaerk.netvaerk_udgaa,
        name="netvaerk_udgaa",
    ),
    path("sager/<int:pk>/samtykker/", samtykke.samtykker, name="samtykker"),
    path("sager/<int:pk>/samtykker/ny/", samtykke.samtykke_ny, name="samtykke_ny"),
    path(
        "sager/<int:pk>/samtykker/<int:samtykke_pk>/traek/",
        samtykke.samtykke_traek,
        name="samtykke_traek",
    ),
    path("sager/<int:pk>/samtykkeark.pdf", samtykke.samtykkeark, name="samtykkeark"),
    path(
        "sager/<int:pk>/samtykkeark/underskrevet/",
        samtykke.samtykkeark_underskrevet,
        name="samtykkeark_underskrevet",
    ),
    path("sager/<int:pk>/repraesentation/", fuldmagt.repraesentation, name="repraesentation"),
    path("sager/<int:pk>/fuldmagter/ny/", fuldmagt.fuldmagt_ny, name="fuldmagt_ny"),
    path(
        "sager/<int:pk>/fuldmagter/<int:fuldmagt_pk>/traek/",
        fuldmagt.fuldmagt_traek,
        name="fuldmagt_traek",
    ),
    path("sager/<int:pk>/bisiddere/ny/", fuldmagt.bisidder_ny, name="bisidder_ny"),
    path(
        "sager/<int:pk>/bisiddere/<int:bisidder_pk>/slut/",
        fuldmagt.bisidder_slut,
        name="bisidder_slut",
    ),
]
