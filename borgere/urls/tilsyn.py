"""The teamleder's oversight of who has looked at what."""

from django.urls import path

from borgere.views import tilsyn

urlpatterns = [
    path("tilsyn/", tilsyn.tilsyn, name="tilsyn"),
    path("tilsyn/adgange/<int:pk>/", tilsyn.gennemse, name="tilsyn_gennemse"),
    path("tilsyn/stikproever/", tilsyn.stikproever, name="stikproeve_liste"),
    path("tilsyn/stikproever/ny/", tilsyn.stikproeve_ny, name="stikproeve_ny"),
    path("tilsyn/stikproever/<int:pk>/", tilsyn.stikproeve, name="stikproeve"),
    path("tilsyn/opslag/<int:pk>/", tilsyn.stikproevelinje, name="stikproevelinje"),
]
