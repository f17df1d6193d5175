"""Files brought in. Addresses name a file and a line in it, never a person."""

from django.urls import path

from borgere.views import indlaesning, indlaesningsraekke

_FIL = "indlaesning/<int:pk>/"
_RAEKKE = f"{_FIL}raekke/<int:nr>/"

urlpatterns = [
    path("indlaesning/", indlaesning.indlaesning_liste, name="indlaesning_liste"),
    path(
        "indlaesning/skabelon/<str:art>.<str:endelse>",
        indlaesning.indlaesning_skabelon,
        name="indlaesning_skabelon",
    ),
    path(_FIL, indlaesning.indlaesning, name="indlaesning"),
    path(f"{_FIL}fortsaet/", indlaesning.indlaesning_fortsaet, name="indlaesning_fortsaet"),
    path(f"{_FIL}udfoer/", indlaesning.indlaesning_udfoer, name="indlaesning_udfoer"),
    path(f"{_FIL}fortryd/", indlaesning.indlaesning_fortryd, name="indlaesning_fortryd"),
    path(
        f"{_FIL}udelad-fejl/", indlaesning.indlaesning_udelad_fejl, name="indlaesning_udelad_fejl"
    ),
    path(f"{_FIL}fejl.csv", indlaesning.indlaesning_fejlfil, name="indlaesning_fejlfil"),
    path(_RAEKKE, indlaesningsraekke.indlaesning_raekke, name="indlaesning_raekke"),
    path(
        f"{_RAEKKE}udelad/",
        indlaesningsraekke.indlaesning_raekke_udelad,
        name="indlaesning_raekke_udelad",
    ),
    path(
        f"{_RAEKKE}medtag/",
        indlaesningsraekke.indlaesning_raekke_medtag,
        name="indlaesning_raekke_medtag",
    ),
]
