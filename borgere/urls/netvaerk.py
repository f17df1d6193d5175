"""The network, and what may be shared with whom."""

from django.urls import path

from borgere.views import netvaerk

urlpatterns = [
    path("sager/<int:pk>/netvaerk/ny/", netvaerk.netvaerk_ny, name="netvaerk_ny"),
    path("sager/<int:pk>/samtykker/ny/", netvaerk.samtykke_ny, name="samtykke_ny"),
    path(
        "sager/<int:pk>/samtykker/<int:samtykke_pk>/traek/",
        netvaerk.samtykke_traek,
        name="samtykke_traek",
    ),
]
